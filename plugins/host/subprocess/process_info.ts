/**
 * Which process this is, and whether another still runs.
 *
 * @module
 */

import { osCode } from "../files/errors.ts";

const decoder = new TextDecoder();

/** When this process started, as text that no later process of the same number shares; empty where that cannot be told. */
export function ownProcessStart(): string {
  return processStart(Deno.pid) ?? "";
}

/** Whether the process that was seen to start at `processStart` still runs. Without a start, its number decides. */
export function isAlive(holder: { readonly pid: number; readonly processStart: string }): boolean {
  const start = processStart(holder.pid);
  return start !== undefined && (holder.processStart === "" || start === "" || start === holder.processStart);
}

/** `undefined` if there is no such process. */
function processStart(pid: number): string | undefined {
  if (Deno.build.os === "linux") return linuxStart(pid);
  return Deno.build.os === "windows" ? windowsStart(pid) : listedStart(pid);
}

/** Clock ticks from boot to start, with the boot's id: ticks alone come again after a reboot. */
function linuxStart(pid: number): string | undefined {
  const text = readIfThere(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The second field is the program's name, in parentheses, and may itself hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, ticks] = [fields[0], fields[19]];
  if (state === "Z" || state === "X") return undefined;
  return `${ticks}@${(readIfThere("/proc/sys/kernel/random/boot_id") ?? "").slice(0, 8)}`;
}

function readIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    // ESRCH: it ended while it was read.
    if (osCode(error) === "ENOENT" || osCode(error) === "ESRCH") return undefined;
    throw error;
  }
}

function listedStart(pid: number): string | undefined {
  const { stdout } = new Deno.Command("ps", { args: ["-o", "lstart=", "-p", `${pid}`], stderr: "null" }).outputSync();
  const start = decoder.decode(stdout).trim();
  return start === "" ? undefined : start;
}

function windowsStart(pid: number): string | undefined {
  const filter = `PID eq ${pid}`;
  const { stdout } = new Deno.Command("tasklist", { args: ["/FI", filter, "/NH"], stderr: "null" }).outputSync();
  return decoder.decode(stdout).includes(` ${pid} `) ? "" : undefined;
}
