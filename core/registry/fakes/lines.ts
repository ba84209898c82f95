/**
 * A language of ten words, to try providers with where no interpreter is.
 *
 * @module
 */

import type { ExecutionResult, JsonObject } from "../../ports/values.ts";

/** What a program of lines can reach. */
export interface LinesWorld {
  /** Files by path, such as `input/train.csv`. */
  readonly files: Map<string, string>;
  /** What `set` has defined. */
  readonly names: Map<string, string>;
  readonly variables: Readonly<Record<string, string>>;
  /** Ends `loop`: with the limit reached, or with the reason of the signal. */
  readonly forever: () => Promise<"timeout">;
}

/** How a program ended. */
export type LinesEnd = Pick<ExecutionResult, "term_out" | "exc_type" | "exc_info" | "exc_stack">;

/** Ends a program: an exception, or an exit without one. */
class Ended {
  constructor(readonly type: string | null, readonly message: string = "") {}
}

type Word = (rest: string, world: LinesWorld, print: (text: string) => void) => void | Promise<void>;

const WORDS: Readonly<Record<string, Word>> = {
  print: (text, _, print) => print(`${text}\n`),
  warn: (text, _, print) => print(`${text}\n`),
  raise(rest) {
    const [type, ...words] = rest.split(" ");
    throw new Ended(type, words.join(" "));
  },
  set(rest, { names }) {
    const [name, ...words] = rest.split(" ");
    names.set(name, words.join(" "));
  },
  show(name, { names }, print) {
    const value = names.get(name);
    if (value === undefined) throw new Ended("NameError", `name '${name}' is not defined`);
    print(`${value}\n`);
  },
  read(path, { files }, print) {
    const text = files.get(path);
    if (text === undefined) throw new Ended("FileNotFoundError", path);
    print(text);
  },
  write(rest, { files }) {
    const [path, ...words] = rest.split(" ");
    if (!path.startsWith("working/")) throw new Ended("PermissionError", path);
    files.set(path, words.join(" "));
  },
  variable: (name, { variables }, print) => print(`${variables[name] ?? "unset"}\n`),
  flood: (count, _, print) => print("x".repeat(Number(count))),
  async loop(_, { forever }) {
    await forever();
    throw new Ended("TimeoutError", "it took too long");
  },
  die: () => {
    throw new Ended("ProcessDied", "SIGKILL");
  },
  exit: () => {
    throw new Ended(null);
  },
};

/** Runs a program. What goes wrong in it is told in the result; only a signal that aborts is thrown. */
export async function runLines(code: string, world: LinesWorld): Promise<LinesEnd> {
  const term_out: string[] = [];
  let number = 0;
  try {
    for (const line of code.split("\n").filter((it) => it !== "")) {
      number++;
      await runLine(line, world, (text) => term_out.push(text));
    }
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    return ended(error, term_out, number);
  }
  return { term_out, exc_type: null, exc_info: null, exc_stack: null };
}

async function runLine(line: string, world: LinesWorld, print: (text: string) => void): Promise<void> {
  const [first] = line.split(" ", 1);
  const word = Object.hasOwn(WORDS, first) ? WORDS[first] : undefined;
  if (word === undefined) throw new Ended("SyntaxError", line);
  await word(line.slice(first.length + 1), world, print);
}

function ended({ type, message }: Ended, term_out: readonly string[], line: number): LinesEnd {
  if (type === null) return { term_out, exc_type: null, exc_info: null, exc_stack: null };
  const exc_info: JsonObject = { args: [message] };
  return {
    term_out: [...term_out, `${type}: ${message}\n`],
    exc_type: type,
    exc_info,
    exc_stack: [["program", line, "", message]],
  };
}
