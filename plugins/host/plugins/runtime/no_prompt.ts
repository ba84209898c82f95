import { setUp } from "../../../../core/errors.ts";

/**
 * Makes sure that a plugin which reaches for what it was not granted gets a no. Deno would otherwise ask the person at
 * the terminal, in a worker too, and take a hasty `y` for a grant.
 *
 * In a binary it never asks. From source that depends on how it was started, which only Linux shows.
 *
 * @throws {LoomError} `may-prompt`.
 */
export function requireNoPrompt(plugin: string): void {
  if (Deno.build.standalone || Deno.build.os !== "linux" || !isAtTerminal()) return;
  const words = Deno.readTextFileSync("/proc/self/cmdline").split("\0");
  if (words.includes("--no-prompt") || Deno.env.get("DENO_NO_PROMPT") !== undefined) return;
  const hint = "start Deno with --no-prompt, or set DENO_NO_PROMPT=1";
  throw setUp("may-prompt", `Cannot start plugin ${plugin}: Deno would ask you for what it was not granted`, hint);
}

/** Deno asks only where it can be answered. */
function isAtTerminal(): boolean {
  return Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
}
