/**
 * Arithmetic, and nothing else: no names but those of its own functions, no way to anything outside.
 *
 * @module
 */

import { FUNCTIONS, power, quotient, remainder, type Value } from "./functions.ts";

const MAX_DEPTH = 100;

const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E, tau: 2 * Math.PI };

/**
 * Works out an expression, with the precedence that Python has: `-2 ** 2` is -4.
 *
 * @throws {SyntaxError} If it cannot be read.
 * @throws {RangeError} If it has no finite value, or an exponent above 10,000.
 */
export function calculate(expression: string): number {
  const value = new Reader(expression).whole();
  if (typeof value !== "number") throw new RangeError("The expression is a list, not a number");
  if (Number.isFinite(value)) return value;
  throw new RangeError(Number.isNaN(value) ? "The expression has no value" : "The value is too large");
}

const TOKEN = /\s*(?:((?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|\/\/|[-+*/%^(),[\]])|(\S))/gy;

interface Token {
  readonly kind: "number" | "name" | "sign";
  readonly text: string;
}

function tokensOf(expression: string): readonly Token[] {
  return Array.from(expression.trimEnd().matchAll(TOKEN), ([, number, name, sign, other]): Token => {
    if (other !== undefined) throw new SyntaxError(`Cannot read '${other}' in the expression`);
    if (number !== undefined) return { kind: "number", text: number.replaceAll("_", "") };
    return name !== undefined ? { kind: "name", text: name } : { kind: "sign", text: sign === "^" ? "**" : sign };
  });
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(expression: string) {
    this.#tokens = tokensOf(expression);
  }

  whole(): Value {
    const value = this.#sum();
    if (this.#at < this.#tokens.length) throw unexpected(this.#tokens[this.#at]);
    return value;
  }

  #sum(): Value {
    let value = this.#product();
    for (;;) {
      if (this.#takes("+")) value = number(value) + number(this.#product());
      else if (this.#takes("-")) value = number(value) - number(this.#product());
      else return value;
    }
  }

  #product(): Value {
    let value = this.#signed();
    for (;;) {
      if (this.#takes("*")) value = number(value) * number(this.#signed());
      else if (this.#takes("/")) value = quotient(number(value), number(this.#signed()));
      else if (this.#takes("//")) value = Math.floor(quotient(number(value), number(this.#signed())));
      else if (this.#takes("%")) value = remainder(number(value), number(this.#signed()));
      else return value;
    }
  }

  #signed(): Value {
    return this.#deeper(() => {
      if (this.#takes("-")) return -number(this.#signed());
      if (this.#takes("+")) return +number(this.#signed());
      const base = this.#atom();
      return this.#takes("**") ? power(number(base), number(this.#signed())) : base;
    });
  }

  #atom(): Value {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new SyntaxError("The expression ends too early");
    if (token.kind === "number") return Number(token.text);
    if (token.kind === "name") return this.#named(token.text);
    if (token.text === "(") return only(this.#inside(")"));
    if (token.text === "[") return this.#inside("]").map(number);
    throw unexpected(token);
  }

  #named(name: string): Value {
    const callable = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (callable === undefined) {
      if (Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name];
      throw new SyntaxError(`There is no function or constant '${name}'`);
    }
    if (!this.#takes("(")) throw new SyntaxError(`The function ${name} needs brackets`);
    const values = this.#inside(")");
    const fits = values.length >= callable.least && values.length <= callable.most;
    if (!fits) throw new SyntaxError(`The function ${name} does not take ${values.length} values`);
    return callable.call(...values);
  }

  /** Values with commas between, up to the closing bracket. */
  #inside(close: string): readonly Value[] {
    const values: Value[] = [];
    while (!this.#takes(close)) {
      values.push(this.#deeper(() => this.#sum()));
      if (!this.#takes(",") && this.#tokens[this.#at]?.text !== close) throw unexpected(this.#tokens[this.#at]);
    }
    return values;
  }

  #deeper(work: () => Value): Value {
    if (++this.#depth > MAX_DEPTH) throw new SyntaxError(`The expression is nested deeper than ${MAX_DEPTH}`);
    const value = work();
    this.#depth--;
    return value;
  }

  #takes(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "sign" || token.text !== sign) return false;
    this.#at++;
    return true;
  }
}

function number(value: Value): number {
  if (typeof value === "number") return value;
  throw new RangeError("A list stands where a number is needed");
}

function unexpected(token: Token | undefined): SyntaxError {
  return new SyntaxError(
    token === undefined ? "The expression ends too early" : `Unexpected '${token.text}' in the expression`,
  );
}

function only(values: readonly Value[]): Value {
  if (values.length === 1) return values[0];
  throw new SyntaxError(values.length === 0 ? "There is nothing between the brackets" : "A list needs square brackets");
}
