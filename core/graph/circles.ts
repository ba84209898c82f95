/**
 * Parameters and data entries that are put into each other in a circle.
 *
 * @module
 */

import type { Problem, YamlPath } from "../errors.ts";
import { placeOfParameter } from "./place_in_file.ts";
import { isInterpolated } from "./expand.ts";
import { interpolatedNames } from "./interpolation.ts";
import { mapValue } from "./map_texts.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Value } from "../yaml/value.ts";

/** Names of a circle that a message lists before it says `...`. */
const SHOWN = 8;

/** An error for each circle, at its last link seen from the first in the file. */
export function circleProblems(pipeline: Pipeline): readonly Problem[] {
  if (!isInterpolated(pipeline)) return [];
  const links = linksOf(pipeline);
  const problems: Problem[] = [];
  const done = new Set<string>();
  for (const name of links.keys()) {
    for (const circle of circlesFrom(name, links, done)) problems.push(problemOf(pipeline, circle));
  }
  return problems;
}

/** What is put into what, by name; data comes before parameters, as everywhere. */
function linksOf({ data, parameters }: Pipeline): ReadonlyMap<string, readonly string[]> {
  const links = new Map<string, readonly string[]>();
  for (const [name, value] of parameters) links.set(name, namesIn(value));
  for (const [key, { path, nestedIn }] of data) {
    links.set(key, nestedIn === undefined ? namesIn(path) : [...namesIn(path), nestedIn]);
  }
  return links;
}

function namesIn(value: Value): readonly string[] {
  if (typeof value === "string") return interpolatedNames(value);
  const names: string[] = [];
  mapValue(value, (text) => (names.push(...interpolatedNames(text)), text), {
    role: "plain",
    at: [],
    bound: new Set(),
  });
  return names;
}

// Depth first with a stack of its own: a chain may be longer than the call stack allows.
function* circlesFrom(
  start: string,
  links: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): Generator<readonly string[]> {
  if (done.has(start)) return;
  const trail = [{ name: start, next: links.get(start)!.values() }];
  const open = new Set([start]);
  while (trail.length > 0) {
    const { name, next } = trail[trail.length - 1];
    const { value, done: isOver } = next.next();
    if (isOver) {
      trail.pop();
      open.delete(name);
      done.add(name);
    } else if (open.has(value)) {
      yield trail.slice(trail.findIndex((at) => at.name === value)).map((at) => at.name);
    } else if (links.has(value) && !done.has(value)) {
      open.add(value);
      trail.push({ name: value, next: links.get(value)!.values() });
    }
  }
}

function problemOf(pipeline: Pipeline, circle: readonly string[]): Problem {
  const shown = circle.length > SHOWN ? [...circle.slice(0, SHOWN), "..."] : circle;
  return {
    level: "error",
    code: "interpolation-circle",
    message: `Texts are put into each other in a circle: ${[...shown, circle[0]].join(" → ")}`,
    hint: "let one of them stand on its own",
    path: placeOf(pipeline, circle[circle.length - 1]),
  };
}

function placeOf(pipeline: Pipeline, name: string): YamlPath {
  const entry = pipeline.data.get(name);
  return entry === undefined ? placeOfParameter(pipeline, name) : [...entry.at, "path"];
}
