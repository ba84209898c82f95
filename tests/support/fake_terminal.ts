import type { Terminal } from "../../ui/cli/base/terminal.ts";

/** A terminal that keeps what is written to it. */
export interface FakeTerminal extends Terminal {
  /** Everything written to standard output. */
  output(): string;
  /** Everything written to standard error. */
  errors(): string;
}

/** What a {@linkcode fakeTerminal} is like; plain and not to be drawn on unless said. */
export interface FakeTerminalOptions {
  readonly canRedraw?: boolean;
  readonly color?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** Whether somebody sits there; nobody unless said. */
  readonly isHuman?: boolean;
  /** What standard input holds, a line each. */
  readonly input?: readonly string[];
}

/** A terminal in memory. */
export function fakeTerminal(options: FakeTerminalOptions = {}): FakeTerminal {
  const { canRedraw = false, color = false, columns = 80, rows = 24, isHuman = false } = options;
  const [out, err, input] = [[] as string[], [] as string[], [...options.input ?? []]];
  return {
    canRedraw,
    color,
    errorColor: color,
    errorIsTerminal: canRedraw || isHuman,
    inputIsTerminal: isHuman,
    closed: new AbortController().signal,
    write: (text) => void out.push(text),
    writeError: (text) => void err.push(text),
    flush: () => {},
    readLine: () => input.shift(),
    size: () => ({ columns, rows }),
    output: () => out.join(""),
    errors: () => err.join(""),
  };
}
