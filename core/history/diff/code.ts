import type { Objects } from "../../ports/store.ts";
import { type Hunk, keptChanges, type Untold } from "./lines.ts";
import type { Side } from "../side.ts";

/** A script, a module that one imports, or the pipeline file. A digest is absent where a run did not use it. */
export interface ComparedCode {
  readonly path: string;
  readonly kind: "pipeline" | "script";
  readonly before?: string;
  readonly after?: string;
  readonly same: boolean;
  readonly steps: readonly string[];
  /** The changed lines, where both texts were kept and have something in common. */
  readonly added?: number;
  readonly removed?: number;
  readonly hunks?: readonly Hunk[];
  /** Why there are none. */
  readonly untold?: Untold;
}

/** The code of two runs, the pipeline first. */
export function codeOf(a: Side, b: Side, objects: Objects): readonly ComparedCode[] {
  const [old, now] = [scriptsOf(a), scriptsOf(b)];
  const scripts = [...new Set([...now.keys(), ...old.keys()])].map((path) => {
    const [before, after] = [old.get(path), now.get(path)];
    const steps = [...new Set([...(after?.steps ?? []), ...(before?.steps ?? [])])];
    return { path, kind: "script", before: before?.digest, after: after?.digest, steps } as const;
  });
  const steps = b.steps.map(({ name }) => name);
  const pipeline = { path: b.run.name, kind: "pipeline", before: a.run.source, after: b.run.source, steps } as const;
  return [pipeline, ...scripts].map((file) => withLines(file, objects));
}

function withLines(file: Omit<ComparedCode, "same">, objects: Objects): ComparedCode {
  const { before, after } = file;
  const same = before === after;
  return same || before === undefined || after === undefined
    ? { ...file, same }
    : { ...file, same, ...keptChanges(before, after, objects) };
}

interface Used {
  readonly digest: string;
  readonly steps: Set<string>;
}

function scriptsOf({ steps }: Side): ReadonlyMap<string, Used> {
  const found = new Map<string, Used>();
  for (const { name, made } of steps) {
    for (const { fingerprint: { script, imports } } of made) {
      for (const [path, digest] of [script, ...imports]) {
        const used = found.get(path) ?? { digest, steps: new Set() };
        found.set(path, used);
        used.steps.add(name);
      }
    }
  }
  return found;
}
