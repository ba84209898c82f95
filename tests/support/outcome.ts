import { fail } from "node:assert/strict";

/** What a text must hold: itself, or a match. */
export type Expected = string | RegExp;

/** What is expected of a command; what is absent does not matter. */
export interface Expectation {
  /** @default {0} */
  readonly code?: number;
  /** Found in standard output, each after the one before. */
  readonly out?: readonly Expected[];
  /** Found in standard error, each after the one before. */
  readonly err?: readonly Expected[];
  /** Found in neither stream. */
  readonly not?: readonly Expected[];
  /** The whole of standard output. */
  readonly exactly?: string;
  /** The whole of standard error. */
  readonly complains?: string;
}

/** What a command was. */
export interface Ended {
  readonly args: readonly string[];
  readonly code: number;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command ended and what it wrote. */
export class Outcome implements Ended {
  readonly args: readonly string[];
  readonly code: number;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;

  constructor(ended: Ended) {
    this.args = ended.args;
    this.code = ended.code;
    this.signal = ended.signal;
    this.stdout = ended.stdout;
    this.stderr = ended.stderr;
  }

  /** Standard output, line by line. */
  get lines(): readonly string[] {
    return this.stdout.replace(/\n$/, "").split("\n");
  }

  /** Standard output read as one JSON document. */
  get json(): unknown {
    return JSON.parse(this.stdout);
  }

  /** Standard output read as one JSON document a line. */
  get events(): readonly Record<string, unknown>[] {
    return this.lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  }

  /** The lines that begin with a marker such as `[SUCCESS]`, without what follows the step's name. */
  get markers(): readonly string[] {
    return this.lines.filter((line) => /^\[[A-Z ]+\] /.test(line));
  }

  /**
   * Compares with what was expected.
   *
   * @throws {AssertionError} With everything the command wrote.
   */
  expect(expected: Expectation): this {
    const wrong = [
      ...(this.code === (expected.code ?? 0) ? [] : [`exit code ${this.code} instead of ${expected.code ?? 0}`]),
      ...missing(this.stdout, expected.out ?? []).map((text) => `not in stdout: ${text}`),
      ...missing(this.stderr, expected.err ?? []).map((text) => `not in stderr: ${text}`),
      ...(expected.not ?? []).filter((text) => position(this.stdout + this.stderr, text, 0) !== undefined)
        .map((text) => `must not be there: ${text}`),
      ...whole("stdout", this.stdout, expected.exactly),
      ...whole("stderr", this.stderr, expected.complains),
    ];
    if (wrong.length > 0) fail(`${wrong.join("\n")}\n${this.report()}`);
    return this;
  }

  /** Everything about it, for people. */
  report(): string {
    const end = this.signal === null ? `exit code ${this.code}` : `signal ${this.signal}`;
    return `loom ${this.args.join(" ")} (${end})\n--- stdout\n${this.stdout}--- stderr\n${this.stderr}---`;
  }
}

function whole(stream: string, text: string, expected: string | undefined): readonly string[] {
  return expected === undefined || expected === text ? [] : [`${stream} is not exactly ${JSON.stringify(expected)}`];
}

function missing(text: string, expected: readonly Expected[]): readonly string[] {
  let from = 0;
  const absent: string[] = [];
  for (const part of expected) {
    const end = position(text, part, from);
    if (end === undefined) absent.push(String(part));
    else from = end;
  }
  return absent;
}

/** Where `part` ends in `text`, looked for from `from` on. */
function position(text: string, part: Expected, from: number): number | undefined {
  if (typeof part === "string") {
    const at = text.indexOf(part, from);
    return at < 0 ? undefined : at + part.length;
  }
  const match = new RegExp(part.source, part.flags.replace("g", "") || "").exec(text.slice(from));
  return match === null ? undefined : from + match.index + match[0].length;
}
