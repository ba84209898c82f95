/**
 * Edits of a whole text, each read again and held against the same edit of what it says.
 *
 * @module
 */

import { LoomError, pipelineInvalid, type Problem, type YamlPath } from "../../errors.ts";
import { parsePipeline } from "../../graph/parse/mod.ts";
import { locateProblems } from "../../yaml/position.ts";
import { changesOf } from "./changes.ts";
import type { Change, Edit } from "../wish/edits.ts";
import { pathText } from "../wish/path.ts";
import { shownPath } from "../parts/places.ts";
import { plan } from "../plan/plan.ts";
import { type Doc, readDoc } from "../source/doc.ts";
import { type Applied, applyPhase } from "../splice/apply.ts";
import { findSpot } from "../splice/find.ts";
import { placeText } from "../splice/shared.ts";

/** A text before and after edits. */
export interface EditedDoc {
  readonly before: Doc;
  readonly after: Doc;
  readonly changes: readonly Change[];
  /** What was done to the text, each step in the text that the one before it left. */
  readonly steps: readonly Applied[];
}

/**
 * Makes the edits one after the other.
 *
 * @param text Without a byte order mark.
 */
export async function editWhole(text: string, edits: readonly Edit[], file: string): Promise<EditedDoc> {
  const before = readDoc(text, file);
  const steps: Applied[] = [];
  const changes: Change[] = [];
  let doc = before;
  for (const edit of edits) {
    const { phases, uses } = plan(doc.value, edit);
    if (uses.length > 0) throw stillUsed(doc, edit, uses);
    for (const phase of phases) {
      if (phase.ops.length === 0) continue;
      const applied = applyPhase(doc, phase, file);
      changes.push(...changesOf(doc, applied.doc, phase.ops));
      steps.push(applied);
      doc = applied.doc;
    }
  }
  if (steps.length > 0) await refuseInvalid(before, doc, file);
  return { before, after: doc, changes, steps };
}

function stillUsed(doc: Doc, edit: Edit, uses: readonly YamlPath[]): LoomError {
  const path = "path" in edit ? (typeof edit.path === "string" ? edit.path : pathText(edit.path)) : "it";
  const unique = new Map(uses.map((at) => [at.join("\0"), at]));
  const places = Array.from(unique.values(), (at) => {
    const spot = findSpot(doc, at, true);
    const node = spot?.entry?.value ?? spot?.item?.value;
    return { path: pathText(shownPath(doc.value, at)), place: node === undefined ? undefined : placeText(doc, node) };
  });
  const shown = places.map(({ path, place }) => place === undefined ? path : `${path} (${place})`);
  return new LoomError("still-used", `Cannot remove ${path}: it is used by ${shown.join(", ")}`, {
    hint: "change those first, or remove it all the same with --force",
    data: { path, uses: places },
  });
}

/**
 * What was wrong before may stay so, if in other words: names in it may be new. What is wrong once more than before is
 * refused.
 */
async function refuseInvalid(before: Doc, after: Doc, file: string): Promise<void> {
  const [old, now] = [before, after].map((doc) => weighty(doc, file));
  const [countBefore, countNow] = [old, now].map(countByCode);
  const grown = now.filter(({ code }) => countNow.get(code)! > (countBefore.get(code) ?? 0));
  const known = new Set(old.map(({ message }) => message));
  const unknown = grown.filter(({ message }) => !known.has(message));
  const fresh = unknown.length > 0 ? unknown : grown;
  if (fresh.length === 0) return;
  const problems = await locateProblems(after.text, file, fresh.map((problem) => ({ ...problem, level: "error" })));
  throw new LoomError("edit-invalid", `Cannot write ${file}: the pipeline would be invalid`, {
    data: { file },
    problems,
    cause: pipelineInvalid(file, problems),
  });
}

function countByCode(problems: readonly Problem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** Errors, and keys that are mistyped: nobody adds one of those on purpose. */
function weighty({ value }: Doc, file: string): readonly Problem[] {
  return parsePipeline(value, file).problems.filter(({ level, code }) => level === "error" || code === "unknown-key");
}
