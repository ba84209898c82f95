import { LoomError, nearest } from "../errors.ts";
import type { Journal, PointRecord, RunRecord } from "../ports/store.ts";

/** `ID` or `ID:POINT`, taken apart. */
export interface Address {
  readonly id: string;
  readonly point?: string;
}

/** Names that an error shows at most. */
const SHOWN = 5;

/** Takes a word such as `3f2a:4` or `3f2a:lr=0.1` apart. */
export function addressOf(word: string): Address {
  const at = word.indexOf(":");
  return at < 0 ? { id: word } : { id: word.slice(0, at), point: word.slice(at + 1) };
}

/**
 * The point of a sweep that a number or a name means.
 *
 * @throws {LoomError} `unknown-point`, with those that there are.
 */
export function findPoint(word: string, run: RunRecord, journal: Journal): PointRecord {
  const points = journal.points(run.id);
  const found = points.find(({ point }) => point === word) ?? points.find(({ number }) => String(number) === word);
  if (found !== undefined) return found;
  const data = { id: run.id, point: word };
  if (points.length === 0) {
    throw new LoomError("unknown-point", `Run ${run.id} has no points: it is not of a sweep`, {
      hint: `leave ':${word}' away`,
      data,
    });
  }
  const near = nearest(word, points.map(({ point }) => point));
  const some = points.slice(0, SHOWN).map(({ number, point }) => `${number} (${point})`).join(", ");
  throw new LoomError("unknown-point", `Run ${run.id} has no point '${word}'`, {
    hint: near === undefined
      ? `it has 1 to ${points.length}: ${some}${points.length > SHOWN ? ", …" : ""}`
      : `did you mean '${near}'?`,
    data,
  });
}

/** What stands behind the name of a step that was done for one point. */
const MARK = "@";

/**
 * Names of the steps of a run, seen from one point: those done for it without its mark, those that all share as they
 * are, and `undefined` for those of other points. Without a point every name stays.
 */
export function namesSeenFrom(
  point: PointRecord | undefined,
  points: readonly PointRecord[],
): (step: string) => string | undefined {
  if (point === undefined) return (step) => step;
  const all = new Set(points.map((it) => it.point));
  return (step) => {
    const own = `${MARK}${point.point}`;
    if (step.endsWith(own)) return step.slice(0, -own.length);
    // A name of a step may itself hold the mark.
    for (let at = step.indexOf(MARK); at >= 0; at = step.indexOf(MARK, at + 1)) {
      if (all.has(step.slice(at + 1))) return undefined;
    }
    return step;
  };
}
