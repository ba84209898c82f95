/**
 * What is in a sandbox, seen from outside: its first program shows all others in its `/proc`.
 *
 * @module
 */

import { osCode } from "../files/errors.ts";

/** Number, outside, of the first program that bubblewrap started; also that of its group. */
export function firstInside(bubblewrap: number): number | undefined {
  const children = readIfThere(`/proc/${bubblewrap}/task/${bubblewrap}/children`) ?? childrenByLooking(bubblewrap);
  const first = Number(children.trim().split(" ")[0]);
  return first > 0 ? first : undefined;
}

/** Kernels can be built without the list of children. */
function childrenByLooking(parent: number): string {
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readIfThere(`/proc/${name}/stat`);
    if (stat !== undefined && Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent) return name;
  }
  return "";
}

/** What all programs in a sandbox use together; zeros when it has ended, or is not ready. */
export interface Usage {
  readonly processes: number;
  /** What is theirs alone, and the largest part shared among them. */
  readonly memoryBytes: number;
}

/** @param most More processes than that are counted, and their memory is not looked at. */
export function usageInside(bubblewrap: number, most: number): Usage {
  const first = firstInside(bubblewrap);
  if (first === undefined) return { processes: 0, memoryBytes: 0 };
  const proc = `/proc/${first}/root/proc`;
  // It has a number for us: so it is still the one of this machine, and the sandbox is not ready.
  if (linkIfThere(`${proc}/self`) !== undefined) return { processes: 0, memoryBytes: 0 };
  const numbers = processesIn(proc);
  return { processes: numbers.length, memoryBytes: numbers.length > most ? 0 : memoryOf(proc, numbers) };
}

function processesIn(proc: string): readonly string[] {
  const names = ifThere(() => Array.from(Deno.readDirSync(proc), ({ name }) => name)) ?? [];
  return names.filter((name) => /^\d+$/.test(name));
}

function memoryOf(proc: string, numbers: readonly string[]): number {
  let [own, shared] = [0, 0];
  for (const number of numbers) {
    const status = readIfThere(`${proc}/${number}/status`) ?? "";
    own += kibibytes(status, "RssAnon");
    shared = Math.max(shared, kibibytes(status, "RssShmem"));
  }
  return (own + shared) * 1024;
}

function kibibytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
}

function readIfThere(path: string): string | undefined {
  return ifThere(() => Deno.readTextFileSync(path));
}

function linkIfThere(path: string): string | undefined {
  return ifThere(() => Deno.readLinkSync(path));
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** It ended while it was looked at, or is between what it was and what it becomes, when nobody may look. */
function isGone(error: unknown): boolean {
  return ["ENOENT", "ESRCH", "EACCES", "EPERM", "ENOTDIR"].includes(osCode(error));
}
