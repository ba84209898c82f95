/**
 * Finding the parser of a script and everything that is done to it.
 *
 * @module
 */

import type { ScriptArgument } from "./argparse.ts";
import { readAddArgument } from "./argparse_add.ts";
import { functionOf, headsOf, nameOf, type Statement } from "./argparse_lines.ts";
import { SourceNames } from "./argparse_names.ts";
import { isDecorated, reachedFrom } from "./argparse_scope.ts";
import { assignedAt, callArguments, closingOf, isAt, type Tokens } from "./argparse_tokens.ts";
import { staticValue } from "./argparse_values.ts";
import { readsCommand } from "./argparse_words.ts";
import type { Value } from "../yaml/value.ts";

const READING_METHODS = new Set(
  ("print_help print_usage format_help format_usage error exit set_defaults get_default prog description epilog usage")
    .split(" "),
);

/** What is learnt of a parser on the way. */
export class ParserReader {
  readonly arguments: ScriptArgument[] = [];
  readonly exclusive: { readonly required: boolean }[] = [];
  allowUnknown = false;
  isUsed = false;
  reason: string | undefined;
  readonly names: SourceNames;
  readonly #statements: readonly Statement[];
  readonly #created: number;
  /** Names of the parser and its groups; those of an exclusive group with its number. */
  readonly #handles = new Map<string, number | undefined>();
  readonly #parser: string;
  /** Functions that return the parser, and the names their results are given. */
  readonly #makers = new Set<string>();

  /** @param created Position of the statement `parser = ArgumentParser(…)`. */
  constructor(statements: readonly Statement[], created: number) {
    this.#statements = statements;
    this.#created = created;
    this.#parser = statements[created].tokens[0].text;
    this.names = new SourceNames(statements);
    this.#handles.set(this.#parser, undefined);
  }

  /** Reads every statement; the first thing that cannot be told is the reason. */
  read(): void {
    for (let at = 0; at < this.#statements.length; at++) {
      if (at !== this.#created) this.#statement(at);
    }
    for (const maker of this.#makers) this.#checkMaker(maker);
    if (!this.isUsed) this.doubt("its parser is not seen to parse");
  }

  /** Notes why nothing is certain. */
  doubt(reason: string): void {
    this.reason ??= reason;
  }

  #statement(at: number): void {
    const { tokens } = this.#statements[at];
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i].kind !== "name" || isAt(tokens, i - 1, ".")) continue;
      if (this.#handles.has(tokens[i].text)) this.#use(at, i);
    }
  }

  #use(at: number, i: number): void {
    const { tokens, line } = this.#statements[at];
    const isNamed = isAt(tokens, i + 1, "=") && i > 0;
    // As the name of a parameter in a call it is another thing: `f(parser=x)`.
    if (isNamed && !isAt(tokens, i - 1, ":")) return;
    const method = isAt(tokens, i + 1, ".") ? tokens[i + 2]?.text ?? "" : "";
    const end = isAt(tokens, i + 3, "(") ? closingOf(tokens, i + 3) : -1;
    const inside = end < 0 ? undefined : tokens.slice(i + 4, end);
    const use: Use = { at, i, end, method, inside: inside ?? [], name: tokens[i].text };
    if (inside === undefined) return this.#bare(use);
    if (method === "add_argument") return this.#add(use);
    if (method === "add_argument_group" || method === "add_mutually_exclusive_group") return this.#group(use);
    if (method === "parse_args" || method === "parse_known_args") return this.#parse(use);
    if (!READING_METHODS.has(method)) this.doubt(`line ${line} calls ${use.name}.${method}()`);
  }

  /** The parser itself, not one of its methods. */
  #bare({ at, i, name, method }: Use): void {
    const { tokens, line } = this.#statements[at];
    const owner = functionOf(this.#statements, at);
    const isWhole = tokens.length === 2 && i === 1 && tokens[0].text === "return";
    if (isWhole && name === this.#parser && owner >= 0 && owner === functionOf(this.#statements, this.#created)) {
      this.#makers.add(nameOf(this.#statements[owner]));
    } else if (isAt(tokens, i - 1, "(") && tokens[i - 2]?.text === "autocomplete") return;
    else if (READING_METHODS.has(method) && assignedAt(tokens) < i) return;
    else if (i === 0 && isAt(tokens, 1, "=") && this.#isMade(tokens.slice(2), at)) return;
    else this.doubt(`line ${line} does something else with '${name}'`);
  }

  /** `parser = build_parser()` in another function gives the same parser the same name. */
  #isMade(value: Tokens, at: number): boolean {
    const owner = functionOf(this.#statements, this.#created);
    return owner >= 0 && functionOf(this.#statements, at) !== owner &&
      value[0]?.text === nameOf(this.#statements[owner]) &&
      closingOf(value, 1) === value.length - 1;
  }

  #add({ at, i, end, inside, name }: Use): void {
    const { tokens, line } = this.#statements[at];
    const isWhole = (i === 0 || (i === 2 && tokens[0].text === "_")) && end === tokens.length - 1;
    if (!isWhole) return this.doubt(`line ${line} does something else with an argument`);
    const loops = this.#loopsAround(at);
    if (loops === undefined) return this.doubt(`line ${line} adds an argument only at times`);
    for (const values of loops) {
      const read = readAddArgument(inside, {
        names: (word) => values.get(word) ?? this.names.constant(word, at),
        isBound: (word) => this.names.isBound(word),
        exclusive: this.#handles.get(name),
        line,
      });
      if (typeof read === "string") this.doubt(`${read} (line ${line})`);
      else this.arguments.push(read);
    }
  }

  /**
   * What names stand for in each round of the loops between the parser and the statement: one round of nothing where it
   * stands beside it; `undefined` if there is anything else between them.
   */
  #loopsAround(at: number): readonly ReadonlyMap<string, Value>[] | undefined {
    const [outer, inner] = [headsOf(this.#statements, this.#created), headsOf(this.#statements, at)];
    if (!outer.every((head, i) => inner[i] === head) || inner.length > outer.length + 1) return undefined;
    if (inner.length === outer.length) return [new Map()];
    const { tokens, head } = this.#statements[inner[outer.length]];
    const [, name] = tokens;
    if (head !== "for" || !isAt(tokens, 2, "in") || !isAt(tokens, tokens.length - 1, ":")) return undefined;
    const values = staticValue(tokens.slice(3, -1), (word) => this.names.constant(word, at));
    return Array.isArray(values) ? values.map((value: Value) => new Map([[name.text, value]])) : undefined;
  }

  #group({ at, i, end, method, inside, name }: Use): void {
    const { tokens, line } = this.#statements[at];
    const isNamed = i === 2 && isAt(tokens, 1, "=");
    if ((!isNamed && i !== 0) || end !== tokens.length - 1 || this.#loopsAround(at)?.length !== 1) {
      return this.doubt(`line ${line} makes a group only at times`);
    }
    let number = this.#handles.get(name);
    if (method === "add_mutually_exclusive_group") {
      const [given] = callArguments(inside);
      const required = given === undefined ? false : staticValue(given.value, () => undefined);
      if (typeof required !== "boolean") this.doubt(`the group of line ${line} may be required`);
      number = this.exclusive.push({ required: required === true }) - 1;
    }
    if (!isNamed) return;
    const known = tokens[0].text;
    if (this.names.timesBound(known) !== 1 && this.#handles.get(known) !== number) {
      this.doubt(`'${known}' is the name of several things`);
    }
    this.#handles.set(known, number);
  }

  #parse({ at, i, method, inside }: Use): void {
    const { tokens, line } = this.#statements[at];
    const heads = headsOf(this.#statements, at).map((head) => this.#statements[head]);
    const isSure = heads.every(isAlwaysEntered) && this.#statements[at].head === undefined &&
      !tokens.slice(0, i).some(({ text }) => text === "if" || text === "lambda" || text === "and" || text === "or");
    const owner = functionOf(this.#statements, at);
    if (!isSure || !this.#isRun(owner)) this.doubt(`line ${line} parses only at times`);
    if (!readsCommand(inside, this.#statements, at)) this.doubt(`line ${line} parses other words`);
    this.allowUnknown ||= method === "parse_known_args";
    this.isUsed = true;
  }

  #isRun(owner: number): boolean {
    return reachedFrom(this.#statements).has(owner) && (owner < 0 || !isDecorated(this.#statements, owner));
  }

  /** What a function that returns the parser is called for. */
  #checkMaker(maker: string): void {
    const owner = functionOf(this.#statements, this.#created);
    if (this.names.timesBound(maker) !== 1 || isDecorated(this.#statements, owner)) {
      return this.doubt(`'${maker}' is more than one function`);
    }
    for (let at = 0; at < this.#statements.length; at++) {
      const { tokens } = this.#statements[at];
      for (let i = 0; i < tokens.length; i++) {
        if (tokens[i].text !== maker || tokens[i].kind !== "name" || isAt(tokens, i - 1, "def")) continue;
        this.#madeParser(at, i);
      }
    }
  }

  #madeParser(at: number, i: number): void {
    const { tokens, line } = this.#statements[at];
    const end = isAt(tokens, i + 1, "(") ? closingOf(tokens, i + 1) : -1;
    const method = end > 0 && isAt(tokens, end + 1, ".") ? tokens[end + 2]?.text : undefined;
    const last = isAt(tokens, end + 3, "(") ? closingOf(tokens, end + 3) : -1;
    if ((method === "parse_args" || method === "parse_known_args") && last > 0) {
      return this.#parse({ at, i, end: last, method, inside: tokens.slice(end + 4, last), name: this.#parser });
    }
    const isNamed = i === 2 && isAt(tokens, 1, "=") && end === tokens.length - 1;
    if (!isNamed) return this.doubt(`line ${line} does something else with the parser`);
    // Under the parser's own name its uses have been read.
    if (tokens[0].text === this.#parser || this.#handles.has(tokens[0].text)) return;
    this.#handles.set(tokens[0].text, undefined);
    for (let other = 0; other < this.#statements.length; other++) {
      const words = this.#statements[other].tokens;
      if (other === at) continue;
      for (let k = 0; k < words.length; k++) {
        if (words[k].kind === "name" && words[k].text === tokens[0].text && !isAt(words, k - 1, ".")) {
          this.#use(other, k);
        }
      }
    }
  }
}

interface Use {
  readonly at: number;
  readonly i: number;
  readonly end: number;
  readonly method: string;
  readonly inside: Tokens;
  readonly name: string;
}

/** A function, or `if __name__ == "__main__":`. */
function isAlwaysEntered({ head, tokens }: Statement): boolean {
  return head === "def" ||
    (head === "if" && tokens.length === 5 && isAt(tokens, 1, "__name__") && isAt(tokens, 2, "=="));
}
