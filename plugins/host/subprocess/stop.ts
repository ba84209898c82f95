import type { Subprocess, SubprocessExit } from "../../../core/ports/subprocess.ts";
import { signalGroup } from "./group.ts";

/**
 * How a group is stopped: TERM, then KILL after the grace (0: KILL at once). May be asked again with less grace.
 *
 * Once `exit` has settled nothing is signalled: the number may be another program's by then.
 */
export function stopGroup(group: number, exit: Promise<SubprocessExit>): Subprocess["stop"] {
  let running = true;
  // A failure of the exit is heard by whoever waits for that; here it only matters that it is over.
  const over = () => void (running = false);
  const ended = exit.then(over, over);
  return async (graceMs) => {
    if (!running) return;
    signalGroup(group, graceMs > 0 ? "SIGTERM" : "SIGKILL");
    // A stopped program hears TERM only when it goes on.
    signalGroup(group, "SIGCONT");
    const timer = setTimeout(() => signalGroup(group, "SIGKILL"), graceMs);
    await ended;
    clearTimeout(timer);
  };
}
