import { placesOf } from "../address.ts";
import type { Made, Side } from "../side.ts";

/** A file or folder that steps read or make; a digest is absent where a run had nothing to do with it. */
export interface ComparedFile {
  /** From the folder of the pipeline; `{point}` where a point of a sweep has a folder of its own. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
  readonly same: boolean;
  readonly steps: readonly string[];
  /** The step of the second run that makes it, where it is read. */
  readonly madeBy?: string;
}

/** What stands in the place of a file that is not there. */
const ABSENT = "absent";

/** Stands in a list of files for a pattern, of which the files follow. */
const PATTERN = "*";

/** Files that the steps of two runs read, or made. */
export function filesOf(a: Side, b: Side, which: "inputs" | "outputs"): readonly ComparedFile[] {
  const [old, now] = aligned(seenFiles(a, which), seenFiles(b, which));
  const makers = which === "outputs" ? undefined : seenFiles(b, "outputs");
  return [...new Set([...now.keys(), ...old.keys()])].map((path) => {
    const [before, after] = [old.get(path), now.get(path)];
    return {
      path,
      before: before?.digest,
      after: after?.digest,
      same: before?.digest === after?.digest,
      steps: [...new Set([...(after?.steps ?? []), ...(before?.steps ?? [])])],
      madeBy: [...makers?.get(path)?.steps ?? []][0],
    };
  });
}

/** Files by path. Of a point and a run that is no sweep, those that are the same file of the pipeline get one path. */
function aligned(old: SeenFiles, now: SeenFiles): readonly [SeenFiles, SeenFiles] {
  return [withPathsOf(now, old), withPathsOf(old, now)];
}

function withPathsOf(others: SeenFiles, files: SeenFiles): SeenFiles {
  return new Map([...files].map(([path, seen]) => {
    return [others.has(path) ? path : plainPaths(path).find((it) => others.has(it)) ?? path, seen];
  }));
}

type SeenFiles = ReadonlyMap<string, Seen>;

interface Seen {
  readonly digest: string | undefined;
  readonly steps: Set<string>;
}

function seenFiles({ steps, point }: Side, which: "inputs" | "outputs"): SeenFiles {
  const found = new Map<string, Seen>();
  const places = point === undefined ? [] : placesOf(point);
  for (const { name, made } of steps) {
    for (const [path, digest] of made.flatMap((it) => pairsOf(it, which))) {
      const neutral = withoutPoint(path, places);
      const seen = found.get(neutral) ?? { digest: digest === ABSENT ? undefined : digest, steps: new Set() };
      found.set(neutral, seen);
      seen.steps.add(name);
    }
  }
  return found;
}

function pairsOf({ fingerprint, outputs }: Made, which: "inputs" | "outputs"): Made["outputs"] {
  if (which === "outputs") return outputs;
  return [...fingerprint.inputs, ...fingerprint.files].filter(([, digest]) => digest !== PATTERN);
}

/** What a path in the folder of a point may be without a sweep: below the folder for outputs, or beside that. */
export function plainPaths(path: string): readonly string[] {
  const [, above, below] = /^(.*?)sweeps\/(?:[^/]+\/)?\{point\}\/(.*)$/.exec(path) ?? [];
  return below === undefined ? [] : [`${above}${below}`, below];
}

/**
 * A path in which the folder of a point is any point's, so that the same file of two points is compared.
 *
 * @param places Names of such folders, as {@linkcode placesOf} gives them.
 */
export function withoutPoint(path: string, places: readonly string[]): string {
  if (!places.some((place) => path.includes(place))) return path;
  return path.split("/").map((name) => places.includes(name) ? "{point}" : name).join("/");
}
