/**
 * What is at a path now, and what would be there after some changes were taken back.
 *
 * @module
 */

import type { Workspace } from "../ports/workspace.ts";

/** What is there. */
export type Seen =
  | { readonly kind: "absent" | "other" }
  | { readonly kind: "directory"; readonly empty: boolean }
  | { readonly kind: "file"; readonly digest: string };

/** Files, for looking only. */
export interface Looking {
  look(path: string): Promise<Seen>;
}

/** Digest of bytes, as the store names content. */
export type DigestBytes = (bytes: Uint8Array) => string;

/** Looks at the disk. */
export function lookingAt(workspace: Pick<Workspace, "stat" | "list" | "readFile">, digest: DigestBytes): Looking {
  return {
    look: async (path) => {
      const entry = await workspace.stat(path);
      if (entry === undefined) return { kind: "absent" };
      if (entry.kind === "directory") return { kind: "directory", empty: (await workspace.list(path)).length === 0 };
      return entry.kind === "file"
        ? { kind: "file", digest: digest(await workspace.readFile(path)) }
        : { kind: "other" };
    },
  };
}

/** What would be there: the disk, with what was only thought of laid over it. */
export class Imagined implements Looking {
  readonly #real: Pick<Workspace, "list">;
  readonly #looking: Looking;
  #over = new Map<string, Seen>();
  readonly #moves: { readonly from: string; readonly to: string }[] = [];

  constructor(real: Pick<Workspace, "stat" | "list" | "readFile">, digest: DigestBytes) {
    this.#real = real;
    this.#looking = lookingAt(real, digest);
  }

  set(path: string, seen: Seen): void {
    this.#over.set(path, seen);
  }

  /** With all that is in it. */
  move(from: string, to: string): void {
    this.#over = new Map([...this.#over].map(([path, seen]) => [rebased(path, from, to) ?? path, seen]));
    this.#moves.push({ from, to });
  }

  async look(path: string): Promise<Seen> {
    const imagined = this.#over.get(path);
    if (imagined !== undefined && imagined.kind !== "directory") return imagined;
    const real = this.#realPath(path);
    const seen = imagined ?? (real === undefined ? { kind: "absent" } : await this.#looking.look(real));
    if (seen.kind !== "directory") return seen;
    return { kind: "directory", empty: await this.#isEmpty(path, imagined === undefined ? real : undefined) };
  }

  /** Where on the disk is what would be at `path`; `undefined` if it would have been moved away. */
  #realPath(path: string): string | undefined {
    let at = path;
    for (const { from, to } of this.#moves.toReversed()) {
      const before = rebased(at, to, from);
      if (before === undefined && rebased(at, from, to) !== undefined) return undefined;
      at = before ?? at;
    }
    return at;
  }

  async #isEmpty(folder: string, real: string | undefined): Promise<boolean> {
    const isIn = (path: string) => path.startsWith(`${folder}/`);
    const added = [...this.#over].some(([path, { kind }]) => isIn(path) && kind !== "absent");
    const moved = this.#moves.some(({ to }) => isIn(to) && this.#over.get(to)?.kind !== "absent");
    if (added || moved || real === undefined) return !added && !moved;
    const names = (await this.#real.list(real)).map(({ path }) => path.slice(real.length + 1));
    return names.every((name) => this.#isGone(`${folder}/${name}`));
  }

  #isGone(path: string): boolean {
    return this.#over.get(path)?.kind === "absent" || this.#realPath(path) === undefined;
  }
}

/** The path with `from` at its beginning replaced; `undefined` if it does not begin so. */
function rebased(path: string, from: string, to: string): string | undefined {
  if (path === from) return to;
  return path.startsWith(`${from}/`) ? `${to}${path.slice(from.length)}` : undefined;
}
