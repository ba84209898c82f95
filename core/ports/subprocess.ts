/** Programs, from outside. */

/** How much text a terminal shows. */
export interface TerminalSize {
  /** Signs in a line. */
  readonly columns: number;
  /** Lines. */
  readonly rows: number;
}

/** What to run and where its output goes. */
export interface SubprocessSpec {
  /** Program and arguments; no shell is involved. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** File that receives every byte of both streams, in order of arrival. Its folder exists. Made on the first byte. */
  readonly logPath?: string;
  /** Reads loom's own standard input; otherwise it has none. */
  readonly passStdin?: boolean;
  /** Its standard input is a pipe that {@linkcode Subprocess.input} writes to. */
  readonly feedStdin?: boolean;
  /** Both streams are a terminal of this size where the system has such; otherwise pipes. */
  readonly terminal?: TerminalSize;
  /** Texts that are replaced by `***` in the log and in the output, also where a piece ends in the middle of one. */
  readonly secrets?: readonly string[];
  /** Hears pieces of output as they come, undecodable bytes replaced; pieces are at most 64 KiB. */
  readonly onOutput?: (stream: "stdout" | "stderr", text: string) => void;
}

/** How a program ended. Exactly one of `exitCode` and `signal` is set. */
export interface SubprocessExit {
  readonly exitCode?: number;
  /** Such as `SIGKILL`. */
  readonly signal?: string;
  /** Programs it left running in its group, which were ended. */
  readonly stragglers: number;
  /** Most memory that it, or one program that it waited for, held at one time; absent where that cannot be told. */
  readonly peakBytes?: number;
}

/** Where a program that is fed reads. */
export interface SubprocessInput {
  /** Resolves when there is room for more, and also when nobody reads any longer: its end says so. */
  write(text: string): Promise<void>;
  /** What comes next is the end of the file. */
  close(): Promise<void>;
}

/** A running program and all that it starts: one process group, ended as a whole. */
export interface Subprocess {
  readonly pid: number;
  /** With `feedStdin`. */
  readonly input?: SubprocessInput;
  /**
   * Resolves when the program has ended, its output has been delivered, and what it left running in its group is gone too:
   * that hears TERM, and KILL two seconds later.
   */
  readonly exit: Promise<SubprocessExit>;
  /** Says that its terminal has another size now. Only where it has one. */
  readonly resize?: (size: TerminalSize) => void;
  /** TERM to the whole group, KILL after `graceMs`. Resolves when it has ended. */
  stop(graceMs: number): Promise<void>;
}

/** Starts programs. If loom itself dies, what it started is ended too. */
export interface Subprocesses {
  /** @throws {LoomError} `program-not-found`, `program-not-executable`, `cwd-not-found`. */
  start(spec: SubprocessSpec): Subprocess;
}
