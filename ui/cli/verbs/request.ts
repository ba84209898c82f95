/**
 * From the options a person typed to what the engine is asked.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { LoomError, type Problem, usage } from "../../../core/errors.ts";
import { joinPath, parseOverride } from "../../../core/graph/mod.ts";
import type { Selection } from "../../../core/graph/selection.ts";
import type { Overrides, RunRequest } from "../../../core/run/session/request.ts";
import type { LookFlags, RunFlags } from "../words/flags.ts";
import { parsePairs } from "../words/key_value.ts";
import { splitShellWords } from "../words/shell_words.ts";
import { kebab } from "../words/verbs.ts";

/** Options of which only one may be given. */
const EXCLUSIVE: readonly (readonly (keyof RunFlags)[])[] = [
  ["step", "from", "until", "group"],
  ["parallel", "sequential"],
  ["keepGoing", "failFast"],
  ["json", "list"],
  ["json", "investigate"],
  ["json", "cleanList"],
  ["json", "clean"],
];

/**
 * What a run is asked for.
 *
 * @throws {LoomError} `usage`, with everything that does not go together.
 */
export function toRequest(file: string, flags: RunFlags, context: Context): RunRequest {
  checkTogether(flags);
  return {
    file: joinPath(context.cwd, file),
    selection: toSelection(flags),
    include: flags.include ?? [],
    overrides: toOverrides(flags),
    extra: flags.extra === undefined ? [] : splitExtra(flags.extra),
    dryRun: flags.dryRun ?? false,
    parallel: flags.parallel ? true : flags.sequential ? false : undefined,
    maxWorkers: flags.maxWorkers,
    python: flags.python,
    cached: flags.cached,
    force: flags.force ?? false,
    resume: flags.resume ?? false,
    failFast: flags.failFast ?? false,
    strict: flags.strict ?? false,
    refreshUrls: flags.refreshUrls ?? false,
    wait: flags.wait ?? false,
    dropRemoved: flags.dropRemoved ?? false,
    // A terminal stays loom's own: scripts run in groups of their own, which a terminal does not let read.
    passStdin: !Deno.stdin.isTerminal(),
    project: toProject(flags, context),
  };
}

/** What is given in place of the file's values. A path stays the text it is. */
export function toOverrides(flags: LookFlags): Overrides {
  const parameters = [...parsePairs(flags.set ?? [])].map(([key, text]) => [key, parseOverride(text)] as const);
  return { parameters: new Map(parameters), data: parsePairs(flags.var ?? []) };
}

/**
 * The folder of the project, absolute, when one is named.
 *
 * @throws {LoomError} `usage` if it is no folder: a mistyped one must not become a second project.
 */
export function toProject(flags: LookFlags, context: Context): string | undefined {
  if (flags.project === undefined) return undefined;
  const folder = joinPath(context.cwd, flags.project);
  if (context.files.stat(folder)?.kind === "directory") return folder;
  throw usage(`Option --project names no folder: ${flags.project}`, "name the folder that holds, or shall hold, .loom");
}

function toSelection(flags: RunFlags): Selection {
  if (flags.step !== undefined) return { mode: "steps", names: flags.step };
  if (flags.from !== undefined) return { mode: "from", name: flags.from };
  if (flags.until !== undefined) return { mode: "until", names: flags.until };
  return flags.group !== undefined ? { mode: "group", name: flags.group } : { mode: "all" };
}

function checkTogether(flags: RunFlags): void {
  const clashes = EXCLUSIVE.map((names) => names.filter((name) => flags[name] !== undefined))
    .filter((names) => names.length > 1)
    .map((names) => `${names.map((name) => `--${kebab(name)}`).join(" and ")} exclude each other`);
  if (clashes.length === 0) return;
  const problems = clashes.map((message): Problem => ({ level: "error", code: "usage", message }));
  throw new LoomError("usage", clashes.join("; "), { problems });
}

function splitExtra(text: string): readonly string[] {
  try {
    return splitShellWords(text);
  } catch (error) {
    throw usage(`Option --extra cannot be read: ${(error as Error).message}`, "close it, or write it as \\' or \\\"");
  }
}
