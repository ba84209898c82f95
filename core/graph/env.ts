/** The environment, as loom was started with it. */
export type Env = Readonly<Record<string, string>>;

/** A text with its variables put in, or the first variable that is not set. */
export type Expanded = { readonly ok: string } | { readonly missing: string };

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Put the values of `${NAME}` into a text. What is put in is not looked at again, and `$NAME` stays as it is.
 *
 * Names are letters, digits and `_`, not starting with a digit; any other `${…}` is plain text.
 */
export function expandEnv(text: string, env: Env): Expanded {
  if (!text.includes("${")) return { ok: text };
  const missing = envNames(text).find((name) => env[name] === undefined);
  if (missing !== undefined) return { missing };
  return { ok: text.replace(VARIABLE, (_, name: string) => env[name]) };
}

/** Names of the variables that a text uses, in order, repeated ones repeated. */
export function envNames(text: string): readonly string[] {
  return text.includes("${") ? Array.from(text.matchAll(VARIABLE), (match) => match[1]) : [];
}
