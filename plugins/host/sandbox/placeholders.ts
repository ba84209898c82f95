import type { SandboxMachine } from "../../../core/ports/sandbox.ts";
import { lookAt } from "./machine.ts";

/** How many programs run now in whose sandbox a path must not come to be. */
const holders = new Map<string, number>();

/**
 * Something can only stand in the way of a file or a folder at a place that there is: bubblewrap makes an empty one in
 * the workspace. When the last program that needed it has ended it is removed again, if it is still empty.
 */
export function placeholders(absent: SandboxMachine["absent"]): { readonly release: () => void } {
  for (const { path } of absent) holders.set(path, (holders.get(path) ?? 0) + 1);
  return {
    release: () => {
      for (const { path } of absent) release(path);
    },
  };
}

function release(path: string): void {
  const left = (holders.get(path) ?? 1) - 1;
  if (left > 0) return void holders.set(path, left);
  holders.delete(path);
  const info = lookAt(path);
  if (info === undefined) return;
  const isEmpty = info.isDirectory
    ? Deno.readDirSync(path)[Symbol.iterator]().next().done
    : info.isFile && info.size === 0;
  if (isEmpty) Deno.removeSync(path);
}
