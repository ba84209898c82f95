import { looksSecret } from "../graph/display.ts";
import type { Matrix } from "../graph/pipeline.ts";
import type { Selection } from "../graph/selection.ts";
import type { TypedText } from "../ports/store.ts";
import { parseOverride } from "../yaml/value.ts";
import { HIDDEN } from "./session/details.ts";
import type { Overrides, RunRequest } from "./session/request.ts";
import { pointOf, recordedPoint, recordedValue, typed, type TypedTexts, valueOf } from "./session/typed_text.ts";

/** {@linkcode Matrix} as it is kept. */
export interface RecordedMatrix {
  readonly grid: Readonly<Record<string, readonly TypedText[]>>;
  readonly zip: Readonly<Record<string, readonly TypedText[]>>;
  readonly include: readonly TypedTexts[];
  readonly exclude: readonly TypedTexts[];
  readonly random?: Matrix["random"];
  readonly stop?: Matrix["stop"];
}

/** What of a request is kept with its run: enough to ask again. Values are texts, as they may be typed. */
export interface RecordedRequest {
  readonly selection: Selection;
  readonly include: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
  readonly extra: readonly string[];
  /** The Python that was asked for. */
  readonly python?: string;
  /** Absent: as the file said. */
  readonly matrix?: RecordedMatrix;
}

export { HIDDEN };

/** A request as it is kept. Values of parameters that look secret are left out. */
export function recordOf(request: RunRequest): Readonly<Record<string, unknown>> {
  const { selection, include, overrides, extra, python, matrix } = request;
  const texts = [...overrides.parameters].map(([name, value]) => [name, looksSecret(name) ? HIDDEN : typed(value)]);
  const recorded: RecordedRequest = {
    selection,
    include,
    parameters: Object.fromEntries(texts),
    data: Object.fromEntries(overrides.data),
    extra,
    ...(python !== undefined && { python }),
    ...(matrix !== undefined && { matrix: recordedMatrix(matrix) }),
  };
  return { ...recorded };
}

/** Names of the values that were left out. */
export function hiddenNames({ parameters, matrix }: RecordedRequest): readonly string[] {
  const given = Object.entries(parameters).filter(([, text]) => text === HIDDEN).map(([name]) => name);
  if (matrix === undefined) return given.filter(looksSecret);
  const { grid, zip, include, exclude } = matrix;
  const swept = [grid, zip, ...include, ...exclude].flatMap((values) => Object.keys(values));
  return [...new Set([...given, ...swept])].filter(looksSecret);
}

/** The part of a request that was kept; see {@linkcode hiddenNames}. */
export function askedAgain(
  recorded: RecordedRequest,
): Pick<RunRequest, "selection" | "include" | "extra" | "python" | "overrides" | "matrix"> {
  const { selection, include, extra, python, matrix } = recorded;
  return {
    selection,
    include,
    extra,
    overrides: overridesOf(recorded),
    ...(python !== undefined && { python }),
    ...(matrix !== undefined && { matrix: matrixOf(matrix) }),
  };
}

function overridesOf({ parameters, data }: RecordedRequest): Overrides {
  const values = Object.entries(parameters).map(([name, text]) => [name, parseOverride(text)] as const);
  return { parameters: new Map(values), data: new Map(Object.entries(data)) };
}

function recordedMatrix({ grid, zip, include, exclude, random, stop }: Matrix): RecordedMatrix {
  return {
    grid: recordedLists(grid),
    zip: recordedLists(zip),
    include: include.map(recordedPoint),
    exclude: exclude.map(recordedPoint),
    random,
    stop,
  };
}

function recordedLists(lists: Matrix["grid"]): RecordedMatrix["grid"] {
  return Object.fromEntries([...lists].map(([name, values]) => [name, values.map((it) => recordedValue(name, it))]));
}

function matrixOf({ grid, zip, include, exclude, random, stop }: RecordedMatrix): Matrix {
  return {
    grid: listsOf(grid),
    zip: listsOf(zip),
    include: include.map(pointOf),
    exclude: exclude.map(pointOf),
    random,
    stop,
  };
}

function listsOf(lists: RecordedMatrix["grid"]): Matrix["grid"] {
  return new Map(Object.entries(lists).map(([name, values]) => [name, values.map(valueOf)]));
}
