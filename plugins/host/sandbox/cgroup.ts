import { osCode } from "../files/errors.ts";
import { lookAt } from "./machine.ts";

/** Where the kernel counts processes for groups of them: of the old kind and of the new. */
const HIERARCHIES: readonly string[] = ["/sys/fs/cgroup/pids", "/sys/fs/cgroup"];

let made = 0;

/**
 * Whether the kernel counts this user's processes in groups only: it lets root have any number, whatever its limit. Who
 * is root in a container of another user is not meant.
 */
export function needsCgroup(): boolean {
  return Deno.uid() === 0 && /^\s*0\s+0\s/.test(Deno.readTextFileSync("/proc/self/uid_map"));
}

/** A group of processes that the kernel counts. */
export interface Cgroup {
  /** Whoever writes its own number into this file belongs to it, with all that it starts. */
  readonly joinPath: string;
  /** To be called when all have ended. */
  release(): void;
}

/** Made, and nobody in them: to make one and to remove it takes longer than all else about a sandbox. */
const free: string[] = [];

/** A group that holds so many processes at most; `undefined` where this user may make none. */
export function makeCgroup(processes: number): Cgroup | undefined {
  const folder = free.pop() ?? newFolder();
  if (folder === undefined || !limit(folder, processes)) return undefined;
  return { joinPath: `${folder}/cgroup.procs`, release: () => void free.push(folder) };
}

function limit(folder: string, processes: number): boolean {
  return attempt(() => Deno.writeTextFileSync(`${folder}/pids.max`, `${processes}`, { create: false }));
}

function newFolder(): string | undefined {
  if (made === 0) begin();
  for (const hierarchy of HIERARCHIES) {
    const folder = `${hierarchy}/loom-${Deno.pid}-${++made}`;
    if (!attempt(() => Deno.mkdirSync(folder))) continue;
    if (limit(folder, 1)) return folder;
    attempt(() => Deno.removeSync(folder));
  }
}

function begin(): void {
  HIERARCHIES.forEach(sweep);
  globalThis.addEventListener("unload", () => free.forEach((folder) => attempt(() => Deno.removeSync(folder))));
}

/** Removes what a loom left that was killed. */
function sweep(hierarchy: string): void {
  const names: string[] = [];
  attempt(() => names.push(...Array.from(Deno.readDirSync(hierarchy), ({ name }) => name)));
  for (const name of names) {
    const pid = /^loom-(\d+)-\d+$/.exec(name)?.[1];
    if (pid !== undefined && lookAt(`/proc/${pid}`) === undefined) {
      attempt(() => Deno.removeSync(`${hierarchy}/${name}`));
    }
  }
}

/** Whether it could be done; not where there are no groups, of this kind or for this user. */
function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (["ENOENT", "EACCES", "EPERM", "EROFS", "EBUSY", "EINVAL"].includes(osCode(error))) return false;
    throw error;
  }
}
