/**
 * A temporary folder in which each tool has a folder of its own with the same work in it.
 *
 * @module
 */

import { join } from "node:path";
import { type Entrant, runOnce } from "./race.ts";
import type { Tool } from "./tools.ts";
import { FILES, type Workload } from "./workload.ts";

/** Removed when disposed of. */
export class Arena implements Disposable {
  readonly folder: string;

  constructor() {
    this.folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "loom-bench-" }));
  }

  /** A new folder. */
  place(name: string): string {
    const path = join(this.folder, name.replaceAll(/[^\w]+/g, "_"));
    Deno.mkdirSync(path);
    return path;
  }

  /** Variables that every command gets; nothing of this user's is found or touched. */
  get env(): Readonly<Record<string, string>> {
    const { folder } = this;
    return {
      PATH: Deno.env.get("PATH")!,
      HOME: folder,
      LOOM_HOME: join(folder, "loom-home"),
      DENO_DIR: denoFolder(),
      DENO_NO_UPDATE_CHECK: "1",
      DVC_NO_ANALYTICS: "1",
      // Two things that Python programs write at their first start, and a cold start should not pay for.
      XDG_CACHE_HOME: join(folder, "cache"),
      MPLCONFIGDIR: join(folder, "cache"),
    };
  }

  /** A folder where a tool finds a workload in its own words and has done none of it. */
  prepare(tool: Tool, work: Workload): string {
    const cwd = this.place(tool.name);
    for (const [name, text] of Object.entries({ ...FILES, ...tool.describe(work) })) {
      Deno.writeTextFileSync(join(cwd, name), text);
    }
    Deno.chmodSync(join(cwd, "slow"), 0o755);
    this.forget(tool, cwd);
    return cwd;
  }

  /** Removes what a tool made and what it remembers of it. */
  forget(tool: Tool, cwd: string): void {
    for (const name of ["out", ...tool.state]) remove(join(cwd, name));
    Deno.mkdirSync(join(cwd, "out"));
    if (tool.init !== undefined) runOnce({ argv: tool.init, cwd, env: this.env });
  }

  /** A tool as it takes part in a race. */
  entrant({ name, role }: Tool, argv: readonly string[], options: Pick<Entrant, "cwd" | "before">): Entrant {
    return { name, role, argv, env: this.env, ...options };
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

function remove(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Where this Deno keeps its packages and compiled code: the commands are given another home folder. */
function denoFolder(): string {
  const home = Deno.env.get("HOME") ?? ".";
  return Deno.env.get("DENO_DIR") ?? join(Deno.env.get("XDG_CACHE_HOME") ?? join(home, ".cache"), "deno");
}
