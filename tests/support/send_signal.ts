/** Sends a signal to a child that may have ended in the meantime. */
export function sendSignal(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch (error) {
    // It has ended; that it has is heard of a moment later.
    if (!(error instanceof TypeError)) throw error;
  }
}
