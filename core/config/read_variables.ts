/**
 * Variables that are no settings, and those that are nothing at all.
 *
 * @module
 */

import { nearest, type Problem } from "../errors.ts";
import { CONFIG_KEYS, keyInfo } from "./keys.ts";
import { isFalsy, isTruthy } from "./kinds.ts";
import { withoutLogin } from "./shown.ts";
import type { Environment, Variable } from "./types.ts";
import { OTHER_KNOWN, VARIABLES } from "./variables.ts";

/** What is known of each variable of the table. The values of secrets stay where they are. */
export function readVariables(environment: Environment): readonly Variable[] {
  return Object.entries(VARIABLES).map(([name, { kind, sensitive }]): Variable => {
    const found = environment.get(name);
    const secret = kind === "secret";
    if (found === undefined) return { name, secret, set: false, untrusted: false };
    const untrusted = sensitive === true && found.origin.kind === "env-file";
    const value = secret ? {} : { value: withoutLogin(found.value) };
    return { name, secret, set: true, ...value, origin: found.origin, untrusted };
  });
}

/** Warnings about variables that look like loom's and are not, and switches that say neither yes nor no. */
export function unknownVariables(environment: Environment): readonly Problem[] {
  const known = [...CONFIG_KEYS.flatMap((key) => keyInfo(key).env ?? []), ...Object.keys(VARIABLES), ...OTHER_KNOWN];
  const problems: Problem[] = [];
  for (const name of environment.names()) {
    const origin = environment.get(name)!.origin;
    const place = origin.kind === "env-file" ? { file: origin.file, line: origin.line } : {};
    if (name.startsWith("LOOM_") && !known.includes(name)) {
      const near = nearest(name, known);
      // Variables of other programs may begin like this too; one that is nearly ours was meant for us.
      if (near !== undefined) problems.push(misspelt(name, near, place));
    } else if (VARIABLES[name]?.kind === "switch") {
      const { value } = environment.get(name)!;
      if (!isTruthy(value) && !isFalsy(value)) problems.push(neither(name, place));
    }
    if (VARIABLES[name]?.sensitive === true && origin.kind === "env-file") problems.push(untrusted(name, place));
  }
  return problems;
}

type At = Pick<Problem, "file" | "line">;

function misspelt(name: string, near: string, place: At): Problem {
  const message = `The variable ${name} means nothing to loom`;
  return { level: "warning", code: "config-unknown-variable", message, hint: `did you mean ${near}?`, ...place };
}

function neither(name: string, place: At): Problem {
  const message = `${name} says neither yes nor no, which counts as no`;
  return { level: "warning", code: "config-value", message, hint: "use 1, true, yes or on", ...place };
}

function untrusted(name: string, place: At): Problem {
  const message = `${name} comes with the project's files, and decides where requests and keys go`;
  return { level: "warning", code: "config-untrusted", message, hint: "keep it only if you trust them", ...place };
}
