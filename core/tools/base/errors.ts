/**
 * What is refused before a tool is called.
 *
 * @module
 */

import { LoomError, nearest } from "../../errors.ts";
import type { Rule } from "../../gate/mod.ts";

/** There is no such tool. */
export function unknownTool(name: string, known: readonly string[]): LoomError {
  const near = nearest(name, known);
  return new LoomError("unknown-tool", `Unknown tool '${name}'`, {
    hint: near === undefined ? "loom tool list shows all" : `did you mean '${near}'?`,
    data: { name, ...(near !== undefined && { near }) },
  });
}

/** What a tool was given does not fit what it takes. */
export function badArguments(name: string, problems: readonly string[]): LoomError {
  return new LoomError("tool-arguments", `Cannot call ${name}: ${problems.join("; ")}`, {
    hint: `loom tool info ${name} shows what it takes`,
    data: { name, problems },
  });
}

/** It is not for where it is called from. */
export function wrongSurface(name: string, surface: string, supported: readonly string[]): LoomError {
  return new LoomError("tool-surface", `Cannot call ${name} from here (${surface})`, {
    hint: `it is for ${supported.join(", ")}`,
    data: { name, surface, supported },
  });
}

/** A command that is never run for a tool. */
export function commandRefused(tool: string, why: string, hint?: string): LoomError {
  return new LoomError("command-refused", `Refused: ${tool}: ${why}`, { hint, data: { tool, why } });
}

/** Something that the call was not given leave for. */
export function notGranted(tool: string, what: string): LoomError {
  return new LoomError("not-granted", `Refused: ${tool} has no leave to ${what}`, { data: { tool, what } });
}

/** A rule of a person's says no. */
export function deniedByRule(tool: string, what: string, { source, reason }: Rule): LoomError {
  const because = reason === undefined ? "" : ` (${reason})`;
  return new LoomError("denied-by-rule", `Refused: ${tool} may not ${what}: the rule ${source}${because}`, {
    hint: "change that rule if you mean it",
    data: { tool, what, rule: source },
  });
}

/** It took too long. */
export function toolTimeout(name: string, seconds: number): LoomError {
  return new LoomError("tool-timeout", `Tool '${name}' timed out after ${seconds}s`, {
    data: { name, seconds },
    retryable: true,
  });
}

/** It needs a variable that is not set. */
export function missingVariables(name: string, variables: readonly string[]): LoomError {
  return new LoomError("tool-unready", `Cannot call ${name}: ${variables.join(", ")} is not set`, {
    hint: "set it in the environment",
    data: { name, variables },
  });
}
