/**
 * What a tool is given, checked before it sees it.
 *
 * @module
 */

import type { ToolInfo } from "../../ports/tool.ts";
import { badArguments } from "../base/errors.ts";
import type { Arguments } from "../base/types.ts";

/** Names that begin so are loom's own; a model that uses them is up to something. */
const RESERVED = /^_loom_/i;

/** Deeper than any argument is; a value that goes deeper is meant to exhaust something. */
const MAX_DEPTH = 64;

/**
 * Checks arguments against the tool's JSON Schema.
 *
 * @returns A copy, with the schema's defaults where nothing was given.
 * @throws {LoomError} `tool-arguments`, with all that is wrong.
 */
export async function checkArguments(info: ToolInfo, given: unknown): Promise<Arguments> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw badArguments(info.name, ["the arguments are no JSON object"]);
  }
  const reserved = Object.keys(given).filter((name) => RESERVED.test(name));
  if (reserved.length > 0) throw badArguments(info.name, reserved.map((name) => `${name} is reserved`));
  if (depthOf(given) > MAX_DEPTH) throw badArguments(info.name, [`nested deeper than ${MAX_DEPTH}`]);
  // The schemas' library costs a tenth of a second, and who only asks for a list needs none.
  const { fromJSONSchema } = await import("zod");
  const { data, error } = fromJSONSchema(info.parameters as Parameters<typeof fromJSONSchema>[0]).safeParse(given);
  if (error === undefined) return data as Arguments;
  throw badArguments(info.name, error.issues.map((issue) => issueText(issue, given)));
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function issueText({ path, message }: Issue, given: unknown): string {
  const name = path.map(String).join(".");
  if (name === "") return message;
  return valueAt(given, path) === undefined ? `${name} is missing` : `${name}: ${message}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

/** Level by level: what is meant to exhaust the stack must not do it here. */
function depthOf(value: unknown): number {
  let level: readonly unknown[] = [value];
  let depth = 0;
  for (; level.length > 0 && depth <= MAX_DEPTH; depth++) {
    level = level.flatMap((it) => typeof it === "object" && it !== null ? Object.values(it) : []);
  }
  return depth;
}
