/**
 * The imports that stand in Python source.
 *
 * @module
 */

import { PythonSource, type Token } from "./source.ts";
import { decodeString } from "./string.ts";

/** One import: of a module, or of names from it, each of which may be a module too. */
export interface PythonImport {
  /** Dotted name; empty in `from . import x`. */
  readonly module: string;
  /** Dots in front: 0 for an absolute import, 1 for the module's own package. */
  readonly level: number;
  /** What is imported from it; `*` is left out. */
  readonly names: readonly string[];
}

/** Every import in the source, also those inside functions and branches, in order. */
export function readImports(source: string): PythonImport[] {
  if (!source.includes("import")) return [];
  const reader = new Reader(source);
  return [...reader.imports()];
}

class Reader {
  readonly #source: PythonSource;
  #token: Token;

  constructor(source: string) {
    this.#source = new PythonSource(source);
    this.#token = this.#source.next();
  }

  *imports(): Generator<PythonImport> {
    let first = true;
    while (this.#token.kind !== "end" && this.#token.kind !== "bad") {
      const { kind, text } = this.#token;
      if (first && text === "import") yield* this.#import();
      else if (first && text === "from") yield* this.#from();
      else if (text === "import_module" || text === "__import__") yield* this.#call();
      else {
        this.#advance();
        // A statement begins on a new line, behind `;`, and behind the `:` of `try:` or `if x:`.
        first = kind === "newline" || (this.#source.depth === 0 && (text === ";" || text === ":"));
        continue;
      }
      first = false;
    }
  }

  #advance(): void {
    this.#token = this.#source.next();
  }

  #is(text: string): boolean {
    return this.#token.text === text;
  }

  /** `import a.b as c, d` */
  *#import(): Generator<PythonImport> {
    do {
      this.#advance();
      const module = this.#dotted();
      if (module !== "") yield { module, level: 0, names: [] };
      this.#alias();
    } while (this.#is(","));
  }

  /** `from ..a.b import (c as d, e)` */
  *#from(): Generator<PythonImport> {
    this.#advance();
    const level = this.#dots();
    const module = this.#is("import") ? "" : this.#dotted();
    if (!this.#is("import") || (module === "" && level === 0)) return;
    const names: string[] = [];
    do {
      this.#advance();
      if (this.#is("(")) this.#advance();
      if (this.#token.kind === "name") names.push(this.#token.text);
      if (this.#token.kind === "name" || this.#is("*")) this.#advance();
      this.#alias();
    } while (this.#is(","));
    yield { module, level, names };
  }

  /** `import_module("a.b")`; a name with dots in front is relative to the package of the caller. */
  *#call(): Generator<PythonImport> {
    this.#advance();
    if (!this.#is("(")) return;
    this.#advance();
    if (this.#token.kind !== "string") return;
    const { prefix, value } = decodeString(this.#token.text);
    this.#advance();
    const whole = this.#is(")") || this.#is(",");
    const match = /^(\.*)([^.].*)$/.exec(value ?? "");
    if (whole && match !== null && !/[bft]/.test(prefix)) yield { module: match[2], level: match[1].length, names: [] };
  }

  #dotted(): string {
    const parts: string[] = [];
    while (this.#token.kind === "name") {
      parts.push(this.#token.text);
      this.#advance();
      if (!this.#is(".")) break;
      this.#advance();
    }
    return parts.join(".");
  }

  #dots(): number {
    let count = 0;
    for (; this.#is(".") || this.#is("..."); this.#advance()) count += this.#token.text.length;
    return count;
  }

  #alias(): void {
    if (!this.#is("as")) return;
    this.#advance();
    if (this.#token.kind === "name") this.#advance();
  }
}
