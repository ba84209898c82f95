/**
 * What can be wrong with a policy.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import { isAbsolute, pathStyle } from "../../paths.ts";
import type { Policy } from "../../ports/policy.ts";
import { isHostFault, parseHost } from "./hosts.ts";
import { shownName } from "./shown.ts";
import { TIERS } from "./tier.ts";

/** The members of a policy that grant something. */
export type Grants = Pick<Policy, "read" | "write" | "hosts" | "programs" | "variables">;

/** Everything that is wrong with a policy, each with the path to it. */
export function policyProblems(policy: Policy): readonly Problem[] {
  const { read, write, hosts, programs, variables, budget = {} } = policy;
  return [
    ...TIERS.includes(policy.tier) ? [] : [problem(["tier"], `Unknown tier '${policy.tier}'`)],
    ...each("read", read, pathFault),
    ...each("write", write, pathFault),
    ...each("hosts", hosts, hostFault),
    ...each("programs", programs, programFault),
    ...each("variables", variables, variableFault),
    ...Object.entries(budget).flatMap(([name, most]) =>
      most === undefined || most >= 0 ? [] : [problem(["budget", name], `The budget of ${name} cannot be ${most}`)]
    ),
  ];
}

function problem(path: readonly (string | number)[], message: string, hint?: string): Problem {
  return { level: "error", code: "policy-invalid", message, hint, path };
}

type Fault = { readonly fault: string; readonly hint: string };

function each(key: keyof Grants, items: readonly string[], faultOf: (item: string) => Fault | undefined): Problem[] {
  return items.flatMap((item, at) => {
    const found = faultOf(item);
    return found === undefined
      ? []
      : [problem([key, at], `Cannot allow ${shownName(item)}: ${found.fault}`, found.hint)];
  });
}

const EMPTY: Fault = { fault: "it is empty", hint: "remove it" };
const NO_TEXT: Fault = {
  fault: "no system can take its characters",
  hint: "remove null bytes and halves of characters",
};

function pathFault(path: string): Fault | undefined {
  if (path === "") return EMPTY;
  if (path.includes("\0") || !path.isWellFormed()) return NO_TEXT;
  const style = pathStyle(path);
  if (!isAbsolute(path, style)) return { fault: "it is not absolute", hint: "start at the root of the file system" };
  if (path.startsWith("//")) return { fault: "it starts with two slashes", hint: "start it with one" };
  const parts = path.split(style === "posix" ? "/" : /[\\/]/);
  if (parts.includes("..")) return { fault: "it has '..' in it", hint: "resolve it first" };
  return undefined;
}

function hostFault(host: string): Fault | undefined {
  const read = parseHost(host);
  return isHostFault(read) ? read : undefined;
}

function programFault(program: string): Fault | undefined {
  if (program === "") return EMPTY;
  if (program.includes("\0") || !program.isWellFormed()) return NO_TEXT;
  if (isAbsolute(program, pathStyle(program))) return pathFault(program);
  const isName = !/[\\/]/.test(program) && program !== "." && program !== "..";
  return isName ? undefined : { fault: "it is a relative path", hint: "give a name, or the whole path" };
}

// Deno takes a star at the end of a name for a pattern; what is in no name anywhere is refused.
function variableFault(name: string): Fault | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined;
  return { fault: "it is no name of a variable", hint: "letters, digits and underscores only" };
}
