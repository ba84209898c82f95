/**
 * How much a plugin may be before anybody has looked at it.
 *
 * @module
 */

import { LoomError } from "../../../../core/errors.ts";

/** All files that are read of a folder, or unpacked of an archive. */
export const MAX_SOURCE_BYTES = 20 * 1024 * 1024;

/** The one module that is made. */
export const MAX_BUNDLE_BYTES = 5 * 1024 * 1024;

/** Files that one module is made of. */
export const MAX_MODULES = 2_000;

/** Files in an archive. */
export const MAX_FILES = 10_000;

/** What a registry answers about one package: large ones have thousands of versions. */
export const MAX_PACKUMENT_BYTES = 32 * 1024 * 1024;

/** All of one download. */
export const FETCH_TIMEOUT_MS = 120_000;

/** All of one fetch by git. */
export const GIT_TIMEOUT_MS = 120_000;

/** What is larger than it may be. */
export function tooLarge(what: string, limitBytes: number): LoomError {
  return new LoomError("plugin-too-large", `Cannot add ${what}: it is larger than ${limitBytes / 1024 / 1024} MB`, {
    hint: "leave out what the plugin does not need",
    data: { what, limitBytes },
  });
}

/** A source that cannot be had. */
export function sourceError(source: string, reason: string, hint?: string, cause?: unknown): LoomError {
  return new LoomError("plugin-source", `Cannot get a plugin from ${source}: ${reason}`, {
    hint,
    data: { source, reason },
    cause,
  });
}
