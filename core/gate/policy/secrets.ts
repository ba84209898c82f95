/**
 * What must not be written down of an action.
 *
 * @module
 */

import { redactor, secretsOf } from "../../redact.ts";

/** What every program is told and nobody keeps secret. */
const PUBLIC: ReadonlySet<string> = new Set([
  ...["COLORTERM", "HOME", "LANG", "LOGNAME", "PATH", "PWD", "SHELL", "TERM", "TMPDIR", "TZ", "USER", "USERPROFILE"],
  ...["LOOM_HOME", "LC_ALL", "LC_CTYPE", "TEMP", "TMP", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"],
]);

/** Shorter values are words like any other; to hide them would hide everything. */
const SHORTEST = 6;

/**
 * Masks the secrets of an environment, and the values of the variables that an action is given, whatever their names,
 * but for those that say nothing of anybody.
 */
export function redactorFor(
  variables: readonly string[],
  env: Readonly<Record<string, string>>,
): (text: string) => string {
  const named = variables.filter((name) => !PUBLIC.has(name)).map((name) => env[name] ?? "");
  return redactor([...secretsOf(env), ...named.filter((value) => value.length >= SHORTEST)]);
}
