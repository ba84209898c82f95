/**
 * loom on a pseudo-terminal, with what a person types.
 *
 * @module
 */

import type { Project } from "./cli.ts";

/** Runs loom as `script` of util-linux does, and gives what was written to the terminal. */
export async function typedInto(
  project: Project,
  args: readonly string[],
  typed: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly text: string; readonly code: number }> {
  const command = [...project.loom.argv, ...args].map((word) => `'${word}'`).join(" ");
  const child = new Deno.Command("script", {
    args: ["-qec", `stty -echo; ${command}`, "/dev/null"],
    cwd: project.folder,
    clearEnv: true,
    env: { ...project.environment(), TERM: "dumb", SHELL: "/bin/sh", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(typed));
  const { code, stdout } = await child.output();
  await writer.close().catch((error) => {
    // The terminal has closed before its input did.
    if (!(error instanceof Deno.errors.BrokenPipe || error instanceof TypeError)) throw error;
  });
  return { text: new TextDecoder().decode(stdout).replaceAll("\r\n", "\n"), code };
}
