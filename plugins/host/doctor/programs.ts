import { LoomError } from "../../../core/errors.ts";
import { findProgram } from "../subprocess/program.ts";

const TIMEOUT_MS = 5_000;

/** Absolute path of a program by name, on `PATH`. */
export function find(name: string): string | undefined {
  try {
    return findProgram({ argv: [name], cwd: "/", env: { PATH: Deno.env.get("PATH") ?? "" } });
  } catch (error) {
    if (error instanceof LoomError && /^program-not-/.test(error.code)) return undefined;
    throw error;
  }
}

/** First line that a program prints of itself, on either stream. It sees no secret: it gets next to no environment. */
export async function version(program: string, args: readonly string[]): Promise<string | undefined> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      env: { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "/", LC_ALL: "C" },
      clearEnv: true,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      signal: timeout,
    }).output();
    const decoder = new TextDecoder();
    const text = decoder.decode(stdout).trim() || decoder.decode(stderr).trim();
    return success ? text.split("\n")[0] : undefined;
  } catch {
    // It cannot be run, which is what was asked.
    return undefined;
  }
}
