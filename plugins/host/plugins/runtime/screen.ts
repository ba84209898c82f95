/**
 * Looks for imports in a plugin's module before it is run. Deno asks for a permission before it reads a file, but not
 * before it downloads a package; and what a module of Node's can do, it does not always ask about either.
 *
 * The module was bundled, so it has few. In the worker nothing makes code of a text (see `inside/harden.js`): what is
 * not found here is not there later.
 *
 * @module
 */

import { LoomError } from "../../../../core/errors.ts";

/** Modules that compute and touch nothing. */
export const HARMLESS_MODULES: ReadonlySet<string> = new Set([
  "assert",
  "assert/strict",
  "buffer",
  "crypto",
  "events",
  "path",
  "path/posix",
  "querystring",
  "stream",
  "stream/promises",
  "string_decoder",
  "url",
  "util",
  "util/types",
]);

/** A module inside the module. */
const INNER = "data:text/javascript;base64,";

/** The word, unless it is a member's name. */
const KEYWORD = /(?<![\p{IDC}$#])(?<!(?<!\.\.)\.)(?:import|export)(?![\p{IDC}$])/gu;
const SPACE = /[\s\uFEFF]+/y;
const NAME = /(?:[\p{IDC}$]|\\u[\da-f]{4}|\\u\{[\da-f]+\})+/iuy;
const STRING = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y;
const MARK = /[*,]/y;
const LINE = /[^\n\r\u2028\u2029]*/y;

/** Words between which other words may stand: `import source x from`, `* as x`. */
const JOINING: ReadonlySet<string> = new Set(["as", "from", "source", "defer"]);

/** No statement has more of them before the text that names the module. */
const MAX_PARTS = 8;

/**
 * Refuses a module that imports anything but {@linkcode HARMLESS_MODULES}, or that computes what it imports. Texts and
 * comments that look like it are refused too: better that than to guess where they begin.
 *
 * @throws {LoomError} `plugin-import`.
 */
export function screenModule(plugin: string, code: string): void {
  for (const { 0: word, index } of code.matchAll(KEYWORD)) {
    const at = skip(code, index + word.length);
    if (word === "import" && isCall(code, at)) {
      throw refused(plugin, code, index, "imports what it computes when it runs", "import it by its name, at the top");
    }
    const from = specifierAt(code, at);
    if (from !== undefined) screenSpecifier(plugin, code, from);
  }
}

/** `import(…)`, or `import.source(…)`. */
function isCall(code: string, at: number): boolean {
  if (code[at] !== ".") return code[at] === "(";
  const name = skip(code, at + 1);
  const end = matchEnd(NAME, code, name);
  return end !== undefined && code.slice(name, end) !== "meta" && code[skip(code, end)] === "(";
}

/** Where the text begins that names the module, if this is a statement that has one. */
function specifierAt(code: string, start: number): number | undefined {
  let [at, before] = [start, ""];
  for (let parts = 0; parts < MAX_PARTS; parts++) {
    const isText = code[at] === '"' || code[at] === "'";
    if (isText && (parts === 0 || before === "from")) return at;
    const end = partEnd(code, at, isText && before === "as");
    if (end === undefined) return undefined;
    const part = code.slice(at, end);
    if (isWord(before) && isWord(part)) return undefined;
    [at, before] = [skip(code, end), part];
  }
  return undefined;
}

function partEnd(code: string, at: number, mayBeText: boolean): number | undefined {
  const found = matchEnd(NAME, code, at) ?? matchEnd(MARK, code, at) ?? bracesEnd(code, at);
  return found ?? (mayBeText ? matchEnd(STRING, code, at) : undefined);
}

/** Names, texts and commas between braces. */
function bracesEnd(code: string, start: number): number | undefined {
  if (code[start] !== "{") return undefined;
  for (let at = skip(code, start + 1);;) {
    if (code[at] === "}") return at + 1;
    const end = matchEnd(NAME, code, at) ?? matchEnd(STRING, code, at) ?? matchEnd(MARK, code, at);
    if (end === undefined) return undefined;
    at = skip(code, end);
  }
}

/** Two of these in a row are prose. */
function isWord(part: string): boolean {
  return part !== "" && !/^[*,{"']/.test(part) && !JOINING.has(part);
}

/** Behind spaces and comments. */
function skip(code: string, start: number): number {
  for (let at = start;;) {
    const space = matchEnd(SPACE, code, at) ?? at;
    const end = commentEnd(code, space);
    if (end === undefined) return space;
    at = end;
  }
}

function commentEnd(code: string, at: number): number | undefined {
  if (code[at] !== "/") return undefined;
  if (code[at + 1] === "/") return matchEnd(LINE, code, at);
  const end = code[at + 1] === "*" ? code.indexOf("*/", at + 2) : -1;
  return end < 0 ? undefined : end + 2;
}

function screenSpecifier(plugin: string, code: string, at: number): void {
  const end = matchEnd(STRING, code, at) ?? at;
  const specifier = code.slice(at + 1, end - 1);
  if (specifier.startsWith(INNER)) return screenModule(plugin, decoded(plugin, specifier.slice(INNER.length)));
  if (HARMLESS_MODULES.has(specifier.replace(/^node:/, ""))) return;
  throw refused(plugin, code, at, `imports '${specifier.slice(0, 200)}'`, "bundle what it needs, or ask loom for it");
}

function decoded(plugin: string, base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(base64));
  } catch (cause) {
    throw new LoomError("plugin-import", `Plugin ${plugin} imports data that is no module`, { cause });
  }
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function refused(plugin: string, code: string, at: number, what: string, hint: string): LoomError {
  const line = code.slice(0, at).split("\n").length;
  return new LoomError("plugin-import", `Plugin ${plugin} ${what} (line ${line} of its module)`, {
    hint,
    data: { plugin, line },
  });
}
