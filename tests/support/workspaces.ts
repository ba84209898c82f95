/**
 * Workspaces to try, over both ways to reach files.
 *
 * @module
 */

import type { Beneath } from "../../plugins/host/workspace/beneath.ts";
import { openFileLibc } from "../../plugins/host/workspace/libc.ts";
import { LinuxBeneath } from "../../plugins/host/workspace/linux.ts";
import { type HostWorkspace, hostWorkspace, type WorkspaceOptions } from "../../plugins/host/workspace/mod.ts";
import { PortableBeneath } from "../../plugins/host/workspace/portable.ts";

/** How files below a root are reached, by name. */
export const WAYS: Readonly<Record<string, (root: string) => Beneath>> = {
  ...(Deno.build.os === "linux" ? { handles: (root: string) => new LinuxBeneath(openFileLibc()!, root) } : {}),
  paths: (root: string) => new PortableBeneath(root),
};

/** A workspace at `w` in a folder of its own, beside which other things can stand. Removed when disposed of. */
export interface TriedWorkspace extends Disposable {
  readonly workspace: HostWorkspace;
  /** Absolute path of something in the workspace. */
  at(path: string): string;
  /** Absolute path of something beside it. */
  beside(path: string): string;
}

/** Opens one. */
export function tryWorkspace(options: WorkspaceOptions = {}): TriedWorkspace {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "loom-workspace-" }));
  Deno.mkdirSync(`${folder}/w`);
  const workspace = hostWorkspace(`${folder}/w`, options);
  return {
    workspace,
    at: (path) => `${folder}/w/${path}`,
    beside: (path) => `${folder}/${path}`,
    [Symbol.dispose]: () => {
      workspace[Symbol.dispose]();
      Deno.removeSync(folder, { recursive: true });
    },
  };
}

/** One test for each way to reach files. */
export function eachWorkspace(name: string, test: (tried: TriedWorkspace) => Promise<void>): void {
  for (const [way, beneath] of Object.entries(WAYS)) {
    Deno.test(`${name} [${way}]`, async () => {
      using tried = tryWorkspace({ beneath, home: "/home/ada" });
      await test(tried);
    });
  }
}

/** Bytes of a text. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Text of a file of the workspace. */
export async function textIn(workspace: HostWorkspace, path: string): Promise<string> {
  return new TextDecoder().decode(await workspace.readFile(path));
}
