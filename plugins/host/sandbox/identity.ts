/**
 * Whether what a sandbox shows is what was allowed: between the look at a path and bubblewrap's use of it, somebody may
 * put something else there.
 *
 * @module
 */

import { statSync } from "node:fs";
import { LoomError } from "../../../core/errors.ts";
import type { Policy } from "../../../core/ports/policy.ts";
import { hostFileReader } from "../files/reader.ts";

/** A path with the number of the file or folder that was there. */
export interface Identity {
  readonly path: string;
  /** Of the device, and on it; as `stat -c %d:%i` says it. */
  readonly number: string;
}

/** A policy of which only that is left which is there, and what that is. */
export interface Identified {
  readonly policy: Policy;
  readonly identities: readonly Identity[];
}

/**
 * Looks at every path of a policy. What is not there is left out: it must not come to be something else.
 *
 * @throws {LoomError} `path-moved` for a path that leads somewhere else.
 */
export function identify(policy: Policy): Identified {
  const [read, write] = [policy.read, policy.write].map((paths) => paths.flatMap(identityOf));
  const pathsOf = (identities: readonly Identity[]) => identities.map(({ path }) => path);
  const mounted = [...outermost(read), ...outermost(write)];
  return {
    policy: { ...policy, read: pathsOf(read), write: pathsOf(write) },
    identities: mounted.filter(({ path }) => !/^\/(proc|sys|dev)(\/|$)/.test(path)),
  };
}

/** A command of a shell that ends it, with a word on `words`, if any of it is something else now. */
export function comparison(identities: readonly Identity[], words: number): string {
  if (identities.length === 0) return "";
  const paths = identities.map(({ path }) => quoted(path)).join(" ");
  const numbers = quoted(identities.map(({ number }) => number).join("\n"));
  const refusal = "loom: a path was moved away and replaced before the program started";
  return `[ "$(stat -c %d:%i ${paths})" = ${numbers} ] || { echo ${quoted(refusal)} >&${words}; exit 125; }\n`;
}

/** What lies in another is shown with it, unless one is read and the other written. */
function outermost(identities: readonly Identity[]): readonly Identity[] {
  const kept: Identity[] = [];
  for (const identity of identities.toSorted((a, b) => a.path < b.path ? -1 : 1)) {
    if (!identity.path.startsWith(`${kept.at(-1)?.path}/`)) kept.push(identity);
  }
  return kept;
}

function identityOf(path: string): readonly Identity[] {
  const number = look(path);
  const real = hostFileReader.realPath(path);
  if (number === undefined || real === undefined) return [];
  // The same before and after, and no link between: it was this one that the path led to.
  if ((real === path || `${real}/` === path) && look(path) === number) return [{ path, number }];
  throw new LoomError("path-moved", `Cannot show ${path} to a program: it leads to ${real}`, {
    hint: "name the folder itself instead of a link to it",
    data: { path, real },
  });
}

function look(path: string): string | undefined {
  const info = statSync(path, { bigint: true, throwIfNoEntry: false });
  return info === undefined ? undefined : `${info.dev}:${info.ino}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
