/**
 * The commands that repeat a run or compare two, as a person may copy them.
 *
 * @module
 */

import { quotePosix } from "../graph/display.ts";
import type { RunRecord, Scalar } from "../ports/store.ts";
import { HIDDEN, type RecordedRequest } from "../run/recorded_request.ts";
import type { Result } from "./table/result.ts";

/** A command, and the parameters that must be put in by hand. */
export interface Repeating {
  readonly command: string;
  readonly hidden: readonly string[];
}

/**
 * The command that does once more what a run did, or one point of it.
 *
 * @param file How the pipeline is named from where the person is.
 */
export function repeatCommand(
  file: string,
  { id, request }: Pick<RunRecord, "id" | "request">,
  point?: Result,
): Repeating {
  const { parameters = {}, data = {}, selection, include = [], python, matrix } = request as Partial<RecordedRequest>;
  // Values to try may be many.
  const isLong = matrix !== undefined && point === undefined;
  if (isLong) return { command: `loom rerun ${id}`, hidden: [] };
  const given = { ...parameters, ...(point === undefined ? {} : textsOf(point)) };
  const shown = Object.entries(given).filter(([, value]) => value !== HIDDEN);
  const words = [
    ...option("--set", shown.map(([name, value]) => `${name}=${value}`)),
    ...option("--var", Object.entries(data).map(([name, path]) => `${name}=${path}`)),
    ...selectionWords(selection),
    ...option("--include", include),
    ...option("--python", python === undefined ? [] : [python]),
  ];
  const hidden = Object.keys(given).filter((name) => given[name] === HIDDEN);
  return { command: ["loom", file, ...words].map(quotePosix).join(" "), hidden };
}

/** The command that compares two points of a sweep. */
export function diffCommand(run: string, first: number, second: number): string {
  return `loom diff ${run}:${first} ${run}:${second}`;
}

function option(name: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [] : [name, ...values];
}

function selectionWords(selection: RecordedRequest["selection"] | undefined): readonly string[] {
  if (selection?.mode === "steps") return option("--step", selection.names);
  if (selection?.mode === "from") return ["--from", selection.name];
  if (selection?.mode === "until") return option("--until", selection.names);
  return selection?.mode === "group" ? ["--group", selection.name] : [];
}

/** The values of a point as they are typed after `--set name=`. */
function textsOf({ point = "", parameters }: Result): Readonly<Record<string, string>> {
  // The name has `1.0` where the value is a float; one that was shortened is not to be read.
  const named = point.includes("~") ? [] : point.split(",").map((pair) => pair.split("=", 2));
  const told = new Map(named.map(([name, text]) => [name, text]));
  const texts = Object.entries(parameters).map(([name, value]) => [name, valueText(value, told.get(name))]);
  return Object.fromEntries(texts);
}

/** Only a text with a point in it is read as a float. */
function valueText(value: Scalar, text = String(value)): string {
  return typeof value === "number" ? text.replace(/^(-?\d+)e/, "$1.0e") : text;
}
