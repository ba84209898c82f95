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

/** Stands between the name of a step and the values for which it was done. No name of a point holds it. */
const MARK = "@";

/** Names of points, and of the values that several of them have in common: what stands behind the marks. */
function places(points: readonly PointRecord[]): ReadonlySet<string> {
  return new Set(points.flatMap(placesOf));
}

/** Its own name, and those of the values that it has in common with others: folders in which its files lie. */
export function placesOf({ point, shared = [] }: PointRecord): readonly string[] {
  return [point, ...new Set(shared.map((step) => step.slice(step.lastIndexOf(MARK) + 1)))];
}

/** Names of the steps of a sweep as the file has them, without their marks. */
export function namesInFile(points: readonly PointRecord[]): (step: string) => string {
  const known = places(points);
  return (step) => {
    const at = step.lastIndexOf(MARK);
    return at >= 0 && known.has(step.slice(at + 1)) ? step.slice(0, at) : step;
  };
}

/**
 * Names of the steps of a run, seen from one point: those done for it without their marks, those that all share as they
 * are, and `undefined` for those of other points. Without a point every name stays.
 */
export function namesSeenFrom(
  point: PointRecord | undefined,
  points: readonly PointRecord[],
): (step: string) => string | undefined {
  if (point === undefined) return (step) => step;
  const nameInFile = namesInFile(points);
  const shared = new Set(point.shared);
  return (step) => {
    const name = nameInFile(step);
    return name === step || shared.has(step) || step === `${name}${MARK}${point.point}` ? name : undefined;
  };
}
