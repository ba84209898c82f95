/**
 * The writing of `${…}` in texts of version 2, and the one form in which pipelines hold it.
 *
 * In that form a text is plain but for `${name}` (a parameter or data entry), `${env:NAME}` (a variable) and `${$}` (a
 * dollar, written `$$`). `${$from:FOLDER}` in front means that what follows lies in that folder unless it says otherwise.
 *
 * @module
 */

import { joinPath } from "../paths.ts";

const BRACES = /\$\{([^{}]*)\}/g;
const VARIABLE = "env:";
const FOLDER = "$from:";

/** What is wrong with the writing of a text. */
export interface Miswritten {
  readonly fault: "unclosed" | "nested" | "empty";
  /** The part of the text that shows it. */
  readonly seen: string;
}

/**
 * The form in which a pipeline holds a text of version 2: `$$` becomes `${$}`. Where a `$reference` can stand, a `${name}`
 * that is the whole text becomes one; where none can, a leading dollar is a dollar.
 */
export function canonicalText(
  text: string,
  options: { readonly isReference: boolean },
): { readonly ok: string } | Miswritten {
  if (!text.includes("$")) return { ok: text };
  let made = "";
  for (let at = 0; at < text.length;) {
    const dollar = text.indexOf("$", at);
    if (dollar < 0) return { ok: finish(made + text.slice(at), options) };
    made += text.slice(at, dollar);
    const part = dollarPart(text, dollar);
    if ("fault" in part) return part;
    made += part.canonical;
    at = part.end;
  }
  return { ok: finish(made, options) };
}

function dollarPart(text: string, at: number): { readonly canonical: string; readonly end: number } | Miswritten {
  const next = text[at + 1];
  if (next === "$") return { canonical: "${$}", end: at + 2 };
  if (next !== "{") return { canonical: "$", end: at + 1 };
  const close = text.indexOf("}", at);
  const seen = shorten(text.slice(at, close < 0 ? undefined : close + 1));
  if (close < 0) return { fault: "unclosed", seen };
  const inside = text.slice(at + 2, close);
  if (inside.includes("{")) return { fault: "nested", seen };
  const name = inside.trim();
  return name === "" || name === VARIABLE ? { fault: "empty", seen } : { canonical: `\${${name}}`, end: close + 1 };
}

function finish(made: string, { isReference }: { readonly isReference: boolean }): string {
  if (!isReference) return made.startsWith("$") && !made.startsWith("${") ? `\${$}${made.slice(1)}` : made;
  const whole = wholeName(made);
  return whole === undefined ? made : `$${whole}`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The same of a text of version 1, in which `${NAME}` is a variable; `expands: false` where not even that is looked for. */
export function canonicalOfOlder(
  text: string,
  { isReference, expands }: { readonly isReference: boolean; readonly expands: boolean },
): string {
  if (!text.includes("$")) return text;
  if (isReference && text.startsWith("$") && !text.startsWith("${")) return text;
  const made = text.replace(
    /\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{/g,
    (whole, name?: string) => name !== undefined && expands ? `\${${VARIABLE}${name}}` : `\${$}${whole.slice(1)}`,
  );
  return made.startsWith("$") && !made.startsWith("${") ? `\${$}${made.slice(1)}` : made;
}

/** A text in which nothing is put in, in the form that pipelines hold. */
export function literalText(text: string): string {
  return canonicalOfOlder(text, { isReference: false, expands: false });
}

/** A part of a text: itself, or what is put in. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "folder"; readonly path: string };

/** The parts of a text in the form that pipelines hold. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(BRACES)) {
    if (match.index > end) pieces.push({ kind: "text", text: text.slice(end, match.index) });
    pieces.push(pieceIn(match[1]));
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ kind: "text", text: text.slice(end) });
  return pieces;
}

function pieceIn(inside: string): Piece {
  if (inside === "$") return { kind: "text", text: "$" };
  if (inside.startsWith(VARIABLE)) return { kind: "variable", name: inside.slice(VARIABLE.length).trim() };
  if (inside.startsWith(FOLDER)) return { kind: "folder", path: decodeURIComponent(inside.slice(FOLDER.length)) };
  return { kind: "name", name: inside };
}

/** A text that means the same from another folder: what it says is looked for in `folder` unless it is absolute. */
export function inFolder(text: string, folder: string): string {
  const [first] = piecesOf(text);
  const inner = first?.kind === "folder" ? first.path : undefined;
  const rest = inner === undefined ? text : text.slice(text.indexOf("}") + 1);
  const path = inner === undefined ? folder : joinPath(folder, inner);
  return `\${${FOLDER}${path.replace(/[%{}$]/g, encodeURIComponent)}}${rest}`;
}

/** The name, if the text is `${name}` and nothing else. */
export function wholeName(text: string): string | undefined {
  const inside = /^\$\{([^{}]*)\}$/.exec(text)?.[1];
  if (inside === undefined) return undefined;
  const piece = pieceIn(inside);
  return piece.kind === "name" ? piece.name : undefined;
}

/** Names of the parameters and data entries that are put into a text, in order, each once. */
export function interpolatedNames(text: string): readonly string[] {
  if (!text.includes("${")) return [];
  return [...new Set(piecesOf(text).flatMap((piece) => piece.kind === "name" ? [piece.name] : []))];
}

/** A text with the names in it replaced, a leading `$reference` too where there can be one. */
export function renamedText(
  text: string,
  rename: (name: string) => string,
  { isReference }: { readonly isReference: boolean },
): string {
  if (!text.includes("$")) return text;
  if (isReference && text.startsWith("$") && !text.startsWith("${")) return `$${rename(text.slice(1))}`;
  return text.replace(BRACES, (whole, inside: string) => {
    const piece = pieceIn(inside);
    return piece.kind === "name" ? `\${${rename(piece.name)}}` : whole;
  });
}
