/** What is told when the process is asked to stop. */
const listeners = new Set<() => void>();
let isAsked = false;

/** 128 + SIGINT, as shells count. */
const interruptedCode = 130;

const signals: readonly Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];

/**
 * Tells when the process is asked to stop. The first time is for whoever listens, the second one ends it at once. While
 * nobody listens, signals do what they always do.
 *
 * @returns What ends the listening.
 */
export function onInterrupt(listener: () => void): () => void {
  if (listeners.size === 0) {
    isAsked = false;
    for (const signal of signals) Deno.addSignalListener(signal, heard);
  }
  listeners.add(listener);
  return () => {
    if (!listeners.delete(listener) || listeners.size > 0) return;
    for (const signal of signals) Deno.removeSignalListener(signal, heard);
  };
}

function heard(): void {
  if (isAsked) Deno.exit(interruptedCode);
  isAsked = true;
  for (const listener of [...listeners]) listener();
}
