import { fileURLToPath } from "node:url";

/** What one command wrote and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Settings of a command. */
export interface RunOptions {
  readonly cwd?: string | URL;
  readonly env?: Readonly<Record<string, string>>;
  /** Start with `env` alone. @default {false} */
  readonly clearEnv?: boolean;
}

/** The repository's root, with a trailing slash. */
export const root: URL = new URL("../", import.meta.url);

/** Absolute path of a file of the repository. */
export function inRepository(path: string): string {
  return fileURLToPath(new URL(path, root));
}

/** Run a command with this terminal and say how it ended. */
export async function show(argv: readonly string[], options: RunOptions = {}): Promise<number> {
  const [program, ...args] = argv;
  const { code } = await new Deno.Command(program, { args, ...withRoot(options), stdin: "null" }).spawn().status;
  return code;
}

/** Run a command and keep what it writes. */
export async function capture(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [program, ...args] = argv;
  const { code, stdout, stderr } = await new Deno.Command(program, { args, ...withRoot(options), stdin: "null" })
    .output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/**
 * Run a command that has to succeed, and keep what it writes.
 *
 * @throws {Error} With everything it wrote, when it does not.
 */
export async function must(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await capture(argv, options);
  if (code !== 0) throw new Error(`Cannot run ${argv.join(" ")}: exit code ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** Whether a program of this name can be started. */
export async function hasProgram(name: string): Promise<boolean> {
  const finder = Deno.build.os === "windows" ? ["where", name] : ["sh", "-c", 'command -v "$1"', "sh", name];
  return (await capture(finder)).code === 0;
}

function withRoot(options: RunOptions): RunOptions {
  return { cwd: root, ...options };
}
