/**
 * JSON as Python writes it.
 *
 * @module
 */

/** Something that JSON, or a number of ours, cannot hold, and what it was. */
export interface KeptAsText {
  /** Keys and positions from the top. */
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly why: "number" | "duplicate key" | "not JSON";
}

/** A value and what in it had to be kept as text. */
export interface PythonJson {
  readonly value: unknown;
  readonly kept: readonly KeptAsText[];
}

const BLANK = /[ \t\n\r]*/y;
const TEXT = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const WORD = /NaN|-?Infinity|true|false|null/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([["true", true], ["false", false], [
  "null",
  null,
]]);

/** As deep as Python itself writes by default. */
const MAX_DEPTH = 990;

/**
 * Reads a document. `NaN`, infinities and numbers that would not come out as they went in become texts; of two members
 * with one name the last counts, as in Python, and the other is told of. What is no JSON at all is a text as a whole.
 */
export function readPythonJson(text: string): PythonJson {
  const reader = new Reader(text);
  try {
    return { value: reader.document(), kept: reader.kept };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { value: text, kept: [{ path: [], text, why: "not JSON" }] };
  }
}

class Reader {
  readonly kept: KeptAsText[] = [];
  readonly #text: string;
  readonly #path: (string | number)[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value();
    this.#take(BLANK);
    if (this.#at < this.#text.length) this.#fail();
    return value;
  }

  #value(): unknown {
    this.#take(BLANK);
    const first = this.#text[this.#at];
    if (this.#path.length > MAX_DEPTH) this.#fail();
    if (first === "{") return this.#object();
    if (first === "[") return this.#array();
    if (first === '"') return this.#string();
    const word = this.#take(WORD);
    return word === undefined ? this.#number() : WORDS.has(word) ? WORDS.get(word) : this.#keep(word);
  }

  #object(): unknown {
    const members = new Map<string, { readonly value: unknown; readonly source: string }>();
    this.#list("}", () => {
      this.#take(BLANK);
      const key = this.#string();
      this.#expect(":");
      this.#path.push(key);
      const from = this.#at;
      const value = this.#value();
      const earlier = members.get(key);
      if (earlier !== undefined) this.#keep(earlier.source, "duplicate key");
      members.set(key, { value, source: this.#text.slice(from, this.#at).trim() });
      this.#path.pop();
    });
    return Object.fromEntries([...members].map(([key, { value }]) => [key, value]));
  }

  #array(): unknown {
    const items: unknown[] = [];
    this.#list("]", () => {
      this.#path.push(items.length);
      items.push(this.#value());
      this.#path.pop();
    });
    return items;
  }

  /** What stands between an opening sign and `end`, with commas. */
  #list(end: string, item: () => void): void {
    this.#at++;
    this.#take(BLANK);
    for (let isFirst = true; this.#text[this.#at] !== end; isFirst = false) {
      if (!isFirst) this.#expect(",");
      item();
      this.#take(BLANK);
    }
    this.#at++;
  }

  #string(): string {
    return JSON.parse(this.#take(TEXT) ?? this.#fail());
  }

  #number(): unknown {
    const source = this.#take(NUMBER);
    if (source === undefined || source === "") return this.#fail();
    const number = Number(source);
    const isInteger = !/[.eE]/.test(source);
    const isHeld = isInteger ? Number.isSafeInteger(number) || String(number) === source : Number.isFinite(number);
    return isHeld ? number : this.#keep(source);
  }

  #keep(text: string, why: KeptAsText["why"] = "number"): string {
    this.kept.push({ path: [...this.#path], text, why });
    return text;
  }

  #expect(sign: string): void {
    this.#take(BLANK);
    if (this.#text[this.#at] !== sign) this.#fail();
    this.#at++;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(): never {
    throw new SyntaxError(`Unexpected sign at ${this.#at}`);
  }
}
