import type { Project } from "./cli.ts";
import { Outcome } from "./outcome.ts";
import { originalPython } from "./python_env.ts";

/** Runs loom-pipeline 0.7.0 in a project, with the same scripts and environment as ours. */
export async function runOriginal(project: Project, args: readonly string[], env: Record<string, string> = {}) {
  const { code, signal, stdout, stderr } = await new Deno.Command(await originalPython(), {
    args: ["-m", "loom.runner", ...args],
    cwd: project.folder,
    clearEnv: true,
    env: { ...project.environment(), ...env },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return new Outcome({ args, code, signal, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) });
}

/** What scripts received in a project, with its folder as `BASE`, so that two projects can be compared. */
export async function receivedIn(project: Project): Promise<readonly (readonly string[])[]> {
  return (await project.received()).map((words) => words.map((word) => word.replaceAll(project.folder, "BASE")));
}

/** The lines that scripts search for, without paths and interpreters. */
export function tellingLines(outcome: Outcome): readonly string[] {
  return outcome.lines.filter((line) => /^(\[|Pipeline:|Completed:|No steps)|^ {2}(\[\d|iteration)/.test(line));
}
