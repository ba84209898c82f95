import type { SubprocessExit } from "../../core/ports/subprocess.ts";
import { signalGroup } from "./subprocess_group.ts";

/**
 * TERM to the group, KILL after `graceMs` (0: at once). May be asked again with less grace.
 *
 * @returns When the program has ended; a failure of its exit is heard by whoever waits for that.
 */
export async function stopGroup(group: number, exit: Promise<SubprocessExit>, graceMs: number): Promise<void> {
  const ended = exit.then(() => undefined, () => undefined);
  if (graceMs <= 0) return await kill();
  signalGroup(group, "SIGTERM");
  signalGroup(group, "SIGCONT");
  const timer = setTimeout(() => signalGroup(group, "SIGKILL"), graceMs);
  await ended;
  clearTimeout(timer);

  async function kill() {
    signalGroup(group, "SIGKILL");
    await ended;
  }
}
