/**
 * What stands in files, asked for once for each state of a file, however many views show it.
 *
 * @module
 */

import { ask, ServerError } from "../api/client.ts";
import type { Preview } from "../api/types.ts";

/** Which file, and which part of it. */
export interface PreviewWish {
  readonly path: string;
  readonly key: string;
  /** Of a folder: which file in it. */
  readonly file?: string;
  readonly offset?: number;
  readonly limit?: number;
  readonly columns?: number;
}

/** Answers that are remembered. */
const MOST = 300;

const known = new Map<string, Promise<Preview | undefined>>();

/** What is shown; `undefined` if there is nothing that can be. `version` counts the changes of the file. */
export function previewOf(wish: PreviewWish, version: string | number = 0): Promise<Preview | undefined> {
  const name = `${version} ${queryOf(wish)}`;
  const found = known.get(name) ?? asked(wish);
  known.delete(name);
  known.set(name, found);
  for (const oldest of [...known.keys()].slice(0, -MOST)) known.delete(oldest);
  return found;
}

/** The part of an address that says which file. */
export function queryOf(wish: PreviewWish): string {
  const given = Object.entries(wish).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

async function asked(wish: PreviewWish): Promise<Preview | undefined> {
  try {
    return await ask("GET /api/preview", { query: { ...wish } });
  } catch (error) {
    // Not there any more, or not to be looked at: the box says so already.
    if (!(error instanceof ServerError)) throw error;
    return undefined;
  }
}
