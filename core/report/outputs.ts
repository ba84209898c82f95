/**
 * What a run made, as it stands on the disk now.
 *
 * @module
 */

import type { Context } from "../context.ts";
import type { Side } from "../history/mod.ts";
import { joinPath } from "../paths.ts";
import type { Store } from "../ports/store.ts";
import { Digester } from "../run/session/digests.ts";

/** One output of a step. */
export interface Output {
  readonly step: string;
  /** From the folder of the pipeline, as it is shown. */
  readonly path: string;
  readonly absolute: string;
  readonly kind: "file" | "directory" | "other" | "absent";
  /** Of a folder the sum of its files. */
  readonly sizeBytes: number;
  /** What it was when the run had made it. */
  readonly digest: string;
  /** Whether it still is that. */
  readonly isSame: boolean;
}

/** Paths that a run, or one point of it, made; each once. */
export function outputPaths({ steps }: Side): readonly string[] {
  return [...new Set(steps.flatMap(({ made }) => made.flatMap(({ outputs }) => outputs.map(([path]) => path))))];
}

/** Every output of a run, or of one point of it, with what has become of it. Reads what has changed since. */
export async function outputsOf(
  { steps }: Side,
  base: string,
  { context: { files, clock }, store }: { readonly context: Context; readonly store: Store },
): Promise<readonly Output[]> {
  const digester = new Digester({ files, clock }, store.digests);
  const seen = new Map<string, Output>();
  for (const { name, made } of steps) {
    for (const [path, digest] of made.flatMap(({ outputs }) => outputs)) {
      const absolute = joinPath(base, path);
      const kind = files.stat(absolute)?.kind ?? "absent";
      const isSame = kind !== "absent" && await digester.digest(absolute) === digest;
      seen.set(absolute, { step: name, path, absolute, kind, sizeBytes: sizeOf(absolute, files), digest, isSame });
    }
  }
  return [...seen.values()];
}

/** Bytes of a file, or of all files in a folder; what lies behind links in it is not counted. */
function sizeOf(path: string, files: Context["files"]): number {
  const info = files.stat(path);
  if (info?.kind !== "directory") return info?.sizeBytes ?? 0;
  const inside = files.list(path).filter(({ kind }) => kind === "file" || kind === "directory");
  return inside.reduce((sum, { name }) => sum + sizeOf(joinPath(path, name), files), 0);
}
