import type { Origin } from "../../ports/policy.ts";

/** Set for everything that an agent has started; what holds it in takes care that it cannot be unset outside. */
export const ORIGIN_VARIABLE = "LOOM_ORIGIN";

/**
 * Where the wishes of a process come from. What an agent started stays the agent's, whatever terminal it was given;
 * nobody sits at a build server.
 */
export function originOf(env: Readonly<Record<string, string>>, hasTerminal: boolean): Origin {
  if (env[ORIGIN_VARIABLE] === "agent") return "agent";
  if (isTrue(env.CI)) return "ci";
  return hasTerminal ? "human-tty" : "human-flag";
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false", "no"].includes(value.trim().toLowerCase());
}
