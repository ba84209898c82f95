/**
 * The lock file: which plugins were added, and what their files must be.
 *
 * @module
 */

import { z } from "zod";
import { LoomError } from "../errors.ts";
import type { LockedPlugin } from "../ports/plugin_store.ts";
import { commandSchema } from "./command.ts";
import { NAME, permissionsSchema, providesSchema, VERSION } from "./manifest.ts";

/** Plugins by name. */
export type PluginLock = ReadonlyMap<string, LockedPlugin>;

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const locked = z.strictObject({
  version: z.string().regex(VERSION),
  digest,
  manifestDigest: digest,
  source: z.strictObject({ asked: z.string(), resolved: z.string() }),
  granted: permissionsSchema,
  provides: providesSchema,
  command: commandSchema.optional(),
  addedMs: z.number(),
});

const lock = z.strictObject({ version: z.literal(1), plugins: z.record(z.string().regex(NAME), locked) });

/**
 * Reads the lock file.
 *
 * @param text Its content; `undefined` if there is none yet.
 * @throws {LoomError} `plugin-lock` if it is none.
 */
export function readLock(text: string | undefined, path: string): PluginLock {
  if (text === undefined) return new Map();
  const read = lock.safeParse(jsonOf(text, path));
  if (!read.success) throw brokenLock(path, read.error.issues[0].message, read.error);
  return new Map(Object.entries(read.data.plugins).map(([name, plugin]) => [name, { name, ...plugin }]));
}

/** The lock file as it is kept: by name, so that what is equal looks equal. */
export function lockText(plugins: PluginLock): string {
  const sorted = [...plugins.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  const entries = sorted.map(({ name, ...plugin }) => [name, plugin]);
  return `${JSON.stringify({ version: 1, plugins: Object.fromEntries(entries) }, null, 2)}\n`;
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw brokenLock(path, "it is not JSON", error);
  }
}

function brokenLock(path: string, reason: string, cause: unknown): LoomError {
  return new LoomError("plugin-lock", `Cannot read ${path}: ${reason}`, {
    hint: "put back the file as loom wrote it, or remove it and add your plugins again",
    data: { path },
    cause,
  });
}
