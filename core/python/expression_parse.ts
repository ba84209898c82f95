import { LoomError, nearest } from "../errors.ts";
import type { ExpressionOptions, Link, Node } from "./expression_tree.ts";
import { FUNCTION_NAMES, isFunctionName } from "./call.ts";
import type { ComparisonOperator } from "./compare.ts";
import { readNumber } from "./literal.ts";
import type { ArithmeticOperator } from "./number.ts";
import { PythonSource, type Token } from "./source.ts";
import { decodeString } from "./string.ts";
import type { Value } from "../yaml/value.ts";

// As deep as Python lets brackets go.
const MAX_DEPTH = 200;
const WORDS = ["and", "or", "not", "in", "if", "else"];
const COMPARISONS = ["==", "!=", "<", "<=", ">", ">="];
const CONSTANTS: ReadonlyMap<string, Value> = new Map([["True", true], ["False", false]]);
const YAML_CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>(
  [...CONSTANTS, ["None", null], ["true", true], ["false", false], ["null", null]],
);
const RESERVED =
  /^(?:None|as|assert|async|await|break|class|continue|def|del|except|finally|for|from|global|import|is|lambda|nonlocal|pass|raise|return|try|while|with|yield)$/;

/** Parse a whole expression; see `parseExpression()`. */
export function parseNode(text: string, options: ExpressionOptions): Node {
  return new Parser(text, options).whole();
}

/** Recursive descent, one method for each level of Python's precedence, loosest first. */
class Parser {
  readonly #text: string;
  readonly #source: PythonSource;
  readonly #names: ReadonlySet<string>;
  readonly #question: boolean;
  readonly #constants: ReadonlyMap<string, Value>;
  #token: Token;
  #depth = 0;

  constructor(text: string, options: ExpressionOptions) {
    this.#text = text;
    this.#source = new PythonSource(text.trim());
    this.#names = new Set(options.names);
    this.#question = options.grammar === "question";
    this.#constants = this.#question ? YAML_CONSTANTS : CONSTANTS;
    this.#token = this.#source.next();
  }

  whole(): Node {
    const node = this.#choice();
    if (this.#token.kind !== "end") throw this.#unexpected();
    return node;
  }

  #choice(): Node {
    if (++this.#depth > MAX_DEPTH) throw this.#invalid("it is nested too deeply");
    const yes = this.#or();
    const node = !this.#question && this.#accept("if") ? this.#choiceAfter(yes) : yes;
    this.#depth--;
    return node;
  }

  #choiceAfter(yes: Node): Node {
    const test = this.#or();
    this.#expect("else");
    return { kind: "choice", test, yes, no: this.#choice() };
  }

  #or(): Node {
    const operands = [this.#and()];
    while (this.#accept("or")) operands.push(this.#and());
    return operands.length === 1 ? operands[0] : { kind: "logic", operator: "or", operands };
  }

  #and(): Node {
    const operands = [this.#not()];
    while (this.#accept("and")) operands.push(this.#not());
    return operands.length === 1 ? operands[0] : { kind: "logic", operator: "and", operands };
  }

  #not(): Node {
    if (!this.#accept("not")) return this.#comparison();
    return this.#deeper(() => ({ kind: "unary", operator: "not", operand: this.#not() }));
  }

  #comparison(): Node {
    const first = this.#sum();
    const rest: Link<ComparisonOperator>[] = [];
    for (let operator = this.#comparator(); operator !== undefined; operator = this.#comparator()) {
      rest.push({ operator, operand: this.#sum() });
    }
    return rest.length === 0 ? first : { kind: "comparison", first, rest };
  }

  #comparator(): ComparisonOperator | undefined {
    const text = this.#token.text;
    if (this.#token.kind === "operator" && COMPARISONS.includes(text)) {
      this.#advance();
      return text as ComparisonOperator;
    }
    if (!this.#question) return undefined;
    if (this.#accept("in")) return "in";
    if (!this.#accept("not")) return undefined;
    this.#expect("in");
    return "not in";
  }

  #sum(): Node {
    return this.#chain(["+", "-"], () => this.#product());
  }

  #product(): Node {
    return this.#chain(["*", "/", "//", "%"], () => this.#factor());
  }

  #chain(operators: readonly ArithmeticOperator[], next: () => Node): Node {
    const first = next();
    const rest: Link<ArithmeticOperator>[] = [];
    for (;;) {
      const operator = operators.find((candidate) => this.#isOperator(candidate));
      if (operator === undefined) return rest.length === 0 ? first : { kind: "arithmetic", first, rest };
      this.#refuseInQuestion(operator);
      this.#advance();
      rest.push({ operator, operand: next() });
    }
  }

  #factor(): Node {
    const operator = this.#isOperator("-") ? "-" : this.#isOperator("+") ? "+" : undefined;
    if (operator === undefined) return this.#power();
    this.#advance();
    return this.#deeper(() => ({ kind: "unary", operator, operand: this.#factor() }));
  }

  #power(): Node {
    const base = this.#atom();
    if (!this.#isOperator("**")) return base;
    this.#refuseInQuestion("**");
    this.#advance();
    return this.#deeper(() => ({
      kind: "arithmetic",
      first: base,
      rest: [{ operator: "**", operand: this.#factor() }],
    }));
  }

  #atom(): Node {
    const token = this.#token;
    if (token.kind === "number") return this.#number();
    if (token.kind === "string") return this.#string();
    if (token.kind === "name") return this.#name();
    if (this.#accept("(")) return this.#enclosed();
    if (this.#question && this.#accept("[")) return { kind: "list", items: this.#items("]") };
    throw this.#unexpected();
  }

  #enclosed(): Node {
    const node = this.#choice();
    this.#expect(")");
    return node;
  }

  #number(): Node {
    const value = readNumber(this.#token.text);
    if (value === undefined) throw this.#invalid(`'${this.#token.text}' is no number here`);
    this.#advance();
    return { kind: "constant", value };
  }

  /** Literals that stand side by side are one text. */
  #string(): Node {
    let text = "";
    for (; this.#token.kind === "string"; this.#advance()) {
      const { prefix, value } = decodeString(this.#token.text);
      if (/[bft]/.test(prefix)) throw this.#invalid(`a text with '${prefix}' in front is not available`);
      if (value === undefined || /\\N\{/.test(value)) throw this.#invalid("an escape in the text cannot be read");
      text += value;
    }
    return { kind: "constant", value: text };
  }

  #name(): Node {
    const { text } = this.#token;
    const constant = this.#constants.get(text);
    if (constant === undefined && (RESERVED.test(text) || WORDS.includes(text))) throw this.#unexpected();
    if (constant === undefined && !this.#names.has(text)) return this.#call(text);
    this.#advance();
    return constant === undefined ? { kind: "name", name: text } : { kind: "constant", value: constant };
  }

  #call(name: string): Node {
    if (this.#question || !isFunctionName(name)) throw this.#unknown(name);
    this.#advance();
    if (!this.#accept("(")) throw this.#invalid(`'${name}' is a function: write ${name}(…)`);
    return { kind: "call", name, args: this.#items(")") };
  }

  #items(closing: string): Node[] {
    const items: Node[] = [];
    while (!this.#accept(closing)) {
      items.push(this.#choice());
      if (!this.#isOperator(closing)) this.#expect(",");
    }
    return items;
  }

  #deeper(parse: () => Node): Node {
    if (++this.#depth > MAX_DEPTH) throw this.#invalid("it is nested too deeply");
    const node = parse();
    this.#depth--;
    return node;
  }

  #advance(): void {
    this.#token = this.#source.next();
  }

  #isOperator(text: string): boolean {
    return this.#token.kind === "operator" && this.#token.text === text;
  }

  #accept(text: string): boolean {
    const matches = this.#token.text === text && (this.#token.kind === "operator" || this.#token.kind === "name");
    if (matches) this.#advance();
    return matches;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected(`'${text}' is expected`);
  }

  #refuseInQuestion(operator: string): void {
    if (this.#question) throw this.#invalid(`arithmetic ('${operator}') is not available here`);
  }

  #unexpected(expected?: string): LoomError {
    const { kind, text, problem } = this.#token;
    const tail = expected === undefined ? "" : `, ${expected}`;
    if (kind === "bad") return this.#invalid(`${problem}`, text === "$" ? "write the name without $" : undefined);
    if (kind === "end") return this.#invalid(`it ends too early${tail}`);
    const hint = kind === "operator" && text === "=" ? "did you mean '=='?" : undefined;
    return this.#invalid(kind === "newline" ? "it goes on in another line" : `unexpected '${text}'${tail}`, hint);
  }

  #unknown(name: string): LoomError {
    const known = [...this.#names, ...this.#constants.keys(), ...(this.#question ? [] : FUNCTION_NAMES)];
    const near = nearest(name, known);
    return this.#invalid(`unknown name '${name}'`, near === undefined ? undefined : `did you mean '${near}'?`);
  }

  #invalid(reason: string, hint?: string): LoomError {
    const leading = this.#text.length - this.#text.trimStart().length;
    const column = leading + this.#token.start + 1;
    return new LoomError(
      "expression-invalid",
      `Cannot read '${shorten(this.#text.trim())}': ${reason} at column ${column}`,
      {
        hint,
        data: { text: this.#text, column, reason },
      },
    );
  }
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
