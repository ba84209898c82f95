import { osCode } from "../files/errors.ts";

/** How long programs left behind may take to end after TERM. */
const stragglerGraceMs = 2_000;

/** How often a group is looked at while it ends. */
const lookMs = 25;

/** Signal to a whole group; `false` if nobody is left in it. Windows knows no groups: the tree of the program is ended. */
export function signalGroup(group: number, signal: Deno.Signal): boolean {
  if (Deno.build.os === "windows") return endTree(group);
  try {
    Deno.kill(-group, signal);
    return true;
  } catch (error) {
    // EPERM: only members of another user are left (macOS also says so of zombies).
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return false;
    throw error;
  }
}

function endTree(pid: number): boolean {
  const args = ["/PID", `${pid}`, "/T", "/F"];
  return new Deno.Command("taskkill", { args, stdout: "null", stderr: "null" }).outputSync().success;
}

/** What became of the programs that one left behind. */
export interface Stragglers {
  /** How many there were. Where they cannot be counted, 1 stands for some. */
  readonly count: number;
  /** When all are gone; `undefined` if there were none. */
  readonly gone?: Promise<void>;
}

/** Ends what a program that has ended left running in its group: TERM now, KILL later. */
export function endStragglers(group: number): Stragglers {
  // Stopped ones hear TERM only when they go on; to the others this says nothing, and tells us whether there are any.
  if (Deno.build.os === "windows" || !signalGroup(group, "SIGCONT")) return { count: 0 };
  const count = members(group);
  if (count === 0 || !signalGroup(group, "SIGTERM")) return { count: 0 };
  return { count, gone: killLater(group) };
}

async function killLater(group: number): Promise<void> {
  if (await isGoneSoon(group)) return;
  signalGroup(group, "SIGKILL");
  // One that the kernel holds in a call is not waited for any longer.
  await isGoneSoon(group);
}

/** Whether all of them end within the grace. Those whose end nobody has asked for can still be signalled: they are counted. */
async function isGoneSoon(group: number): Promise<boolean> {
  for (let waited = 0; waited < stragglerGraceMs; waited += lookMs) {
    if (!signalGroup(group, "SIGCONT") || members(group) === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  return false;
}

/** Living members of a group, by looking at every process; only done when there is at least one. */
function members(group: number): number {
  if (Deno.build.os !== "linux") return 1;
  let count = 0;
  for (const { name } of Deno.readDirSync("/proc")) {
    if (/^\d+$/.test(name) && isMember(name, group)) count++;
  }
  return count;
}

function isMember(pid: string, group: number): boolean {
  try {
    const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
    const [state, , pgrp] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return Number(pgrp) === group && state !== "Z" && state !== "X";
  } catch (error) {
    // It ended while it was looked at.
    if (error instanceof Deno.errors.NotFound || osCode(error) === "ESRCH") return false;
    throw error;
  }
}
