/**
 * Where in the text each box is written.
 *
 * @module
 */

import type { Problem } from "../../core/errors.ts";
import { locateProblems } from "../../core/graph/text/mod.ts";
import type { Pipeline, Step, TaskStep } from "../../core/graph/pipeline.ts";

/** One box, or the beginning of something that is none. */
export interface TextPlace {
  readonly id?: string;
  /** From 1. */
  readonly line: number;
}

/** The places of a text, in order. */
export async function textPlaces(text: string, pipeline: Pipeline): Promise<readonly TextPlace[]> {
  const sections = [...text.matchAll(/^(?:[^\s#-][^:\n]*|"[^"]*"|'[^']*'):/gm)];
  const wanted: Pick<Problem, "code" | "path" | "atKey">[] = [
    ...pipeline.steps.flatMap((
      step,
    ): readonly (Step | TaskStep)[] => [step, ...step.kind === "repeated" ? step.steps : []])
      .map(({ name, at }) => ({ code: name, path: at })),
    ...[...pipeline.data.values()].map(({ key, at }) => ({ code: `data_${key}`, path: at, atKey: true })),
    ...[...pipeline.parameters.keys()].map((name) => ({
      code: `param_${name}`,
      path: ["parameters", name],
      atKey: true,
    })),
  ];
  const located = await locateProblems(
    text,
    pipeline.file,
    wanted.map((place) => ({ ...place, level: "hint" as const, message: "" })),
  );
  const boxes = located.flatMap(({ code, line }): readonly TextPlace[] =>
    line === undefined ? [] : [{ id: code, line }]
  );
  const ends = sections.map(({ index }): TextPlace => ({ line: lineAt(text, index) }));
  return [...ends, ...boxes].toSorted((a, b) => a.line - b.line);
}

/** The box that is written at a line. */
export function boxAt(places: readonly TextPlace[], line: number): string | undefined {
  return places.findLast((place) => place.line <= line)?.id;
}

/** The lines of a box, both from 1 and included. */
export function linesOf(
  places: readonly TextPlace[],
  id: string,
  total: number,
): readonly [first: number, last: number] | undefined {
  const index = places.findLastIndex((place) => place.id === id);
  if (index < 0) return undefined;
  const { line } = places[index];
  const next = places.slice(index + 1).find((place) => place.line > line);
  return [line, next === undefined ? total : next.line - 1];
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
