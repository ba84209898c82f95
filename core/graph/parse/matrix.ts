/**
 * The `matrix` of a pipeline and of its steps: what a sweep tries.
 *
 * @module
 */

import { checkMatrix, completeInclude, type KnownNames } from "./matrix_check.ts";
import { parseRandom, parseStop } from "./matrix_rules.ts";
import { type Finding, isScalar, note, Section, show } from "./section.ts";
import { parseSweepValues } from "./sweep_values.ts";
import type { YamlPath } from "../../errors.ts";
import type { Matrix, Step } from "../pipeline.ts";
import { pyStr, type Value } from "../../yaml/value.ts";

/** Keys of a matrix that say how, not what; no parameter can be swept under such a name. */
export const MATRIX_WORDS = ["zip", "include", "exclude", "random", "stop"] as const;

const WORDS: ReadonlySet<string> = new Set(MATRIX_WORDS);

type Values = Map<string, readonly Value[]>;
type PartialPoint = ReadonlyMap<string, Value>;

/**
 * The matrix that the file asks for, those of its steps merged into it; `undefined` without one. Never throws: every
 * mistake becomes a problem.
 */
export function parseMatrix(top: Section, steps: readonly Step[], known: KnownNames): Matrix | undefined {
  const section = top.section("matrix");
  const own = stepMatrices(top, steps);
  if (section === undefined && own.length === 0) return undefined;
  const before = errorCount(top);
  const drafted = section === undefined ? EMPTY : parseTop(section);
  const merged = mergeSteps(drafted, own);
  // What could not be read would be complained of a second time, as missing.
  if (errorCount(top) > before) return merged;
  const report = (finding: Finding) => {
    const owner = merged.owners?.get(String(finding.under?.[0]));
    (own.find(({ step }) => step === owner)?.section ?? section ?? own[0].section).error(finding);
  };
  return completeInclude(checkMatrix(merged, known, report), known, report);
}

const EMPTY: Matrix = { grid: new Map(), zip: new Map(), include: [], exclude: [] };

function errorCount({ problems }: Section): number {
  return problems.reduce((count, { level }) => level === "error" ? count + 1 : count, 0);
}

function parseTop(matrix: Section): Matrix {
  const grid: Values = new Map();
  for (const [key, value] of matrix.entries()) {
    if (!WORDS.has(key)) addValues(grid, matrix, key, value);
    else if (isWrongWord(key, value)) refuseWord(matrix, key, value);
  }
  const zip = parseZip(matrix, grid);
  const random = parseRandom(matrix);
  const stop = parseStop(matrix);
  return {
    grid,
    zip,
    include: parsePoints(matrix, "include"),
    exclude: parsePoints(matrix, "exclude"),
    ...(random !== undefined && { random }),
    ...(stop !== undefined && { stop }),
  };
}

/** Whether somebody took a word for the name of a parameter: `include: [1, 2]`. */
function isWrongWord(key: string, value: Value): boolean {
  if (value === null) return false;
  const isList = Array.isArray(value);
  if (key === "include" || key === "exclude") return !isList || (value as readonly Value[]).some(isScalar);
  return isList || (isScalar(value) && key !== "random");
}

function refuseWord(matrix: Section, key: string, value: Value): void {
  const must = key === "include" || key === "exclude" ? "a list of maps" : "a map";
  matrix.error({
    code: "matrix-word",
    message: `'${matrix.named(key)}' must be ${must}, not ${Array.isArray(value) ? "a list of values" : show(value)}`,
    hint: `'${key}' is a word of the matrix; a parameter that is swept needs another name`,
    under: [key],
  });
}

function addValues(to: Values, owner: Section, key: string, value: Value): void {
  const parsed = value === null
    ? { error: "has no values", hint: "give it some, or remove it" }
    : parseSweepValues(value);
  if ("values" in parsed) return void to.set(key, parsed.values);
  owner.error({
    code: "matrix-values",
    message: `${owner.named(key)} ${parsed.error}`,
    hint: "hint" in parsed ? parsed.hint : undefined,
    under: [key],
  });
}

function parseZip(matrix: Section, grid: Values): Values {
  const zip: Values = new Map();
  if (!(matrix.get("zip") instanceof Map)) return zip;
  const section = matrix.section("zip")!;
  for (const [key, value] of section.entries()) {
    if (grid.has(key)) section.error({ code: "matrix-twice", message: `'${key}' is swept twice`, under: [key] });
    else if (WORDS.has(key)) refuseWord(section, key, value);
    else addValues(zip, section, key, value);
  }
  return zip;
}

/** Maps of single values, ranges not among them. */
function parsePoints(matrix: Section, word: "include" | "exclude"): readonly PartialPoint[] {
  const list = matrix.get(word);
  if (!Array.isArray(list) || list.some(isScalar)) return [];
  return (list as readonly Value[]).flatMap((entry, index): PartialPoint[] => {
    const point = new Map<string, Value>();
    if (!(entry instanceof Map)) {
      matrix.error({
        code: "not-a-map",
        message: `${matrix.named(word)} must be a list of maps`,
        under: [word, index],
      });
      return [];
    }
    for (const [key, value] of entry) {
      const name = pyStr(key);
      if (isScalar(value)) point.set(name, value);
      else {
        const message = `${matrix.named(word)} must give '${name}' one value, not ${show(value)}`;
        matrix.error({ code: "matrix-values", message, under: [word, index, name] });
      }
    }
    return point.size === 0 ? [] : [point];
  });
}

/** A step's own matrix. */
interface Own {
  readonly step: string;
  readonly section: Section;
}

function stepMatrices(top: Section, steps: readonly Step[]): readonly Own[] {
  const list = top.get("pipeline");
  const found: Own[] = [];
  const look = (entry: Value, at: YamlPath, isInner: boolean) => {
    if (!(entry instanceof Map)) return;
    const matrix = entry.get("matrix") ?? undefined;
    if (matrix !== undefined && isInner) refuseInside(top, at);
    else if (matrix !== undefined) found.push(...ownOf(top, steps, { matrix, at }));
    const members = entry.get("steps");
    const isRepeated = (entry.get("multi_pass") ?? undefined) !== undefined;
    if (Array.isArray(members)) members.forEach((member, i) => look(member, [...at, "steps", i], isRepeated));
  };
  if (Array.isArray(list)) list.forEach((entry, index) => look(entry, ["pipeline", index], false));
  return found;
}

function refuseInside({ problems }: Section, at: YamlPath): void {
  const hint = "move it to the group, or to the top of the file";
  const place = { at: [...at, "matrix"], label: "A step of a repeated group" };
  note(problems, place, { code: "matrix-word", message: "it cannot have a matrix of its own", hint });
}

// A step that could not be read has been complained of, and its matrix is for nothing.
function ownOf(
  top: Section,
  steps: readonly Step[],
  { matrix, at }: { readonly matrix: Value; readonly at: YamlPath },
): readonly Own[] {
  const step = steps.find((it) => it.at.length === at.length && it.at.every((part, i) => part === at[i]))?.name;
  const section = step === undefined ? undefined : sectionOf(top, matrix, { at, step });
  return step === undefined || section === undefined ? [] : [{ step, section }];
}

function sectionOf(
  { problems }: Section,
  matrix: Value,
  { at, step }: { readonly at: YamlPath; readonly step: string },
): Section | undefined {
  const place = { at: [...at, "matrix"], label: `Step '${step}'`, step, prefix: "matrix." };
  if (matrix instanceof Map) return new Section(matrix, place, problems);
  note(problems, place, { code: "not-a-map", message: `matrix must be a map, not ${show(matrix)}` });
  return undefined;
}

function mergeSteps(matrix: Matrix, own: readonly Own[]): Matrix {
  if (own.length === 0) return matrix;
  const grid: Values = new Map(matrix.grid);
  const owners = new Map<string, string>();
  for (const { step, section } of own) {
    for (const [key, value] of section.entries()) {
      if (WORDS.has(key)) refuseInStep(section, key);
      else if (grid.has(key) || matrix.zip.has(key)) refuseTwice(section, key, owners.get(key));
      else {
        addValues(grid, section, key, value);
        owners.set(key, step);
      }
    }
  }
  return { ...matrix, grid, owners };
}

function refuseInStep(section: Section, key: string): void {
  const hint = "move it to the 'matrix' at the top of the file";
  section.error({ code: "matrix-word", message: `matrix.${key} belongs to the whole pipeline`, hint, under: [key] });
}

function refuseTwice(section: Section, key: string, other: string | undefined): void {
  const by = other === undefined ? "by the pipeline's matrix" : `by that of step '${other}'`;
  section.error({ code: "matrix-twice", message: `'${key}' is swept already, ${by}`, under: [key], atKey: true });
}
