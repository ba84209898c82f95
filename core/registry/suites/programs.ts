/**
 * Small programs that say little and mean the same in every language.
 *
 * @module
 */

/** Programs of one language. Paths are as the program sees them. */
export interface Programs {
  /** Prints lines, those of `error` on standard error, in this order. */
  print(lines: readonly { readonly text: string; readonly error?: boolean }[]): string;
  /** Ends with an exception of this class. */
  raise(type: string, message: string): string;
  /** Defines a name that lasts as long as the session. */
  define(name: string, value: string): string;
  /** Prints it; an exception if it is not defined. */
  use(name: string): string;
  /** Prints a file as it is; an exception if it is not there. */
  read(path: string): string;
  /** An exception if it may not. */
  write(path: string, text: string): string;
  /** Prints an environment variable, or `unset`. */
  variable(name: string): string;
  /** Prints so many characters. */
  flood(count: number): string;
  readonly forever: string;
  /** Dies of a signal that nobody catches. */
  readonly die: string;
  /** Ends with exit code 0, before its end. */
  readonly exit: string;
}

const text = JSON.stringify;

const PYTHON: Programs = {
  print: (lines) =>
    [
      "import sys",
      ...lines.map((it) => `print(${text(it.text)}, file=sys.${it.error ? "stderr" : "stdout"}, flush=True)`),
    ]
      .join("\n"),
  raise: (type, message) => `raise ${type}(${text(message)})`,
  define: (name, value) => `${name} = ${text(value)}`,
  use: (name) => `print(${name})`,
  read: (path) => `print(open(${text(path)}).read(), end="")`,
  write: (path, content) => `open(${text(path)}, "w").write(${text(content)})`,
  variable: (name) => `import os\nprint(os.environ.get(${text(name)}, "unset"))`,
  flood: (count) => `print("x" * ${count}, end="")`,
  forever: "while True:\n    pass",
  die: "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
  exit: "import sys\nsys.exit(0)",
};

const LINES: Programs = {
  print: (lines) => lines.map((it) => `${it.error ? "warn" : "print"} ${it.text}`).join("\n"),
  raise: (type, message) => `raise ${type} ${message}`,
  define: (name, value) => `set ${name} ${value}`,
  use: (name) => `show ${name}`,
  read: (path) => `read ${path}`,
  write: (path, content) => `write ${path} ${content}`,
  variable: (name) => `variable ${name}`,
  flood: (count) => `flood ${count}`,
  forever: "loop",
  die: "die",
  exit: "exit",
};

/** The languages that the suite speaks. */
export const PROGRAMS: Readonly<Record<string, Programs>> = { python: PYTHON, lines: LINES };
