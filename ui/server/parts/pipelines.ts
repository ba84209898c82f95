/**
 * Pipelines as they are asked about: read again only when a file has changed.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { type Opened, openPipeline, sightOf } from "../../../core/look/mod.ts";
import type { Parts } from "./parts.ts";
import { pipelineAt } from "../base/place.ts";

/** Pipelines that are remembered. */
const MOST = 8;

interface Kept {
  readonly sights: string;
  readonly opened: Opened;
}

const kept = new WeakMap<Context, Map<string, Kept>>();

/**
 * The pipeline at a path from the root, as far as it can be understood.
 *
 * @param text In the place of what is on the disk.
 * @throws {LoomError} Status 403, 404, or `pipeline-invalid` if it is no YAML.
 */
export async function openAt(path: string, { context, place }: Parts, text?: string): Promise<Opened> {
  const file = pipelineAt(path, place, context);
  if (text !== undefined) return await openPipeline(file, context, text);
  const known = knownBy(context);
  const before = known.get(file);
  if (before !== undefined && before.sights === sightsOf(before.opened, context)) return before.opened;
  const opened = await openPipeline(file, context);
  known.delete(file);
  known.set(file, { opened, sights: sightsOf(opened, context) });
  for (const oldest of [...known.keys()].slice(0, -MOST)) known.delete(oldest);
  return opened;
}

function knownBy(context: Context): Map<string, Kept> {
  let known = kept.get(context);
  if (known === undefined) kept.set(context, known = new Map());
  return known;
}

function sightsOf(opened: Opened, { files }: Context): string {
  return opened.files.map((path) => sightOf(path, files)).join("\n");
}
