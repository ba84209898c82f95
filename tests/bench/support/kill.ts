/**
 * Ends a tool and all that it started at once, as a power cut would.
 *
 * @module
 */

/**
 * Kills every process that carries this mark in its environment, until none is left: one may be starting another while
 * it is looked for. Linux only.
 */
export function killMarked(mark: string): void {
  for (let marked = markedProcesses(mark); marked.length > 0; marked = markedProcesses(mark)) {
    for (const pid of marked) kill(pid);
  }
}

function markedProcesses(mark: string): readonly number[] {
  const pids = [...Deno.readDirSync("/proc")].map((entry) => Number(entry.name)).filter(Number.isInteger);
  return pids.filter((pid) => pid !== Deno.pid && environmentOf(pid).includes(mark));
}

/** Empty for processes that have ended, that wait to be collected, or that belong to somebody else. */
function environmentOf(pid: number): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/environ`);
  } catch (error) {
    if (isGone(error) || error instanceof Deno.errors.PermissionDenied) return "";
    throw error;
  }
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || (error instanceof Error && /ESRCH|os error 3\b/.test(error.message));
}
