/**
 * The command line as a whole: from words to an exit code.
 *
 * @module
 */

import { LoomError } from "../../core/errors.ts";
import type { Host } from "./base/host.ts";
import { EXIT, exitCodeOfError } from "./base/exit_code.ts";
import { type Command, isAuthorityCommand, isExperimentCommand, type LoopCommand } from "./words/command.ts";
import { isPipelineFile } from "./words/expand.ts";
import { parseArgv } from "./words/parse.ts";
import { errorJson, errorLines, isKnown, unexpectedLines } from "./view/problems.ts";
import type { Terminal } from "./base/terminal.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

/** Does what `argv` asks for. Everything that can go wrong is told here; nothing is thrown. */
export async function runCli(argv: readonly string[], host: Host): Promise<number> {
  try {
    const command = await parseArgv(argv);
    if (command.verb === "usage" && argv.includes("--json")) tellProgram(misuse(command), host.terminal);
    return await perform(command, host);
  } catch (error) {
    if (isKnown(error) && argv.includes("--json")) tellProgram(error, host.terminal);
    return tell(error, host.terminal);
  }
}

function misuse({ problems }: Extract<Command, { verb: "usage" }>): LoomError {
  const found = problems.map((message) => ({ level: "error", code: "usage", message } as const));
  return new LoomError("usage", problems.join("; "), { problems: found });
}

function tellProgram(error: LoomError, terminal: Terminal): void {
  terminal.write(`${errorJson(error)}\n`);
}

function authorityVerbs(): Promise<typeof import("./verbs/authority.ts")> {
  return import(isReached ? "./verbs/authority.ts" : "./verbs/authority.ts");
}

function experimentVerbs(): Promise<typeof import("./verbs/experiment/mod.ts")> {
  return import(isReached ? "./verbs/experiment/mod.ts" : "./verbs/experiment/mod.ts");
}

function fileExports(): Promise<typeof import("./verbs/experiment/export_file.ts")> {
  return import(isReached ? "./verbs/experiment/export_file.ts" : "./verbs/experiment/export_file.ts");
}

/** A file is exported as another file; a run by the verbs about runs. */
async function exportFile({ words: [file], flags }: LoopCommand<"export">, host: Host): Promise<number> {
  return await (await fileExports()).exportFile(file, flags, host);
}

async function perform(command: Command, host: Host): Promise<number> {
  host.revoke(command.verb, "start");
  switch (command.verb) {
    case "run":
      return await (await import("./verbs/run.ts")).runVerb(command, host);
    case "status":
      return await (await import("./verbs/status.ts")).statusVerb(command, host);
    case "explain":
      return await (await import("./verbs/explain.ts")).explainVerb(command, host);
    case "completions":
      return await (await import("./verbs/completions.ts")).completionsVerb(command, host);
    case "schema":
      return await (await import("./verbs/schema.ts")).schemaVerb(command, host);
    case "complete":
      return await (await import("./verbs/complete.ts")).completeVerb(command, host);
    case "help":
    case "usage":
    case "version":
      return (await import("./quick.ts")).answer(command, host.terminal);
    default:
      if (isAuthorityCommand(command)) return await (await authorityVerbs()).authorityVerb(command, host);
      if (isExperimentCommand(command)) return await (await experimentVerbs()).experimentVerb(command, host);
      if (command.verb === "export" && isPipelineFile(command.words[0])) return await exportFile(command, host);
      return await (await import("./verbs/loops/mod.ts")).loopVerb(command, host);
  }
}

function tell(error: unknown, terminal: Terminal): number {
  const color = terminal.errorColor;
  if (isKnown(error)) {
    terminal.writeError(errorLines(error, { cwd: currentFolder(), color }).map((line) => `${line}\n`).join(""));
    return exitCodeOfError(error.code);
  }
  const debug = Deno.env.get("LOOM_DEBUG") === "1";
  terminal.writeError(`${unexpectedLines(error, { color, debug }).join("\n")}\n`);
  return EXIT.failed;
}

function currentFolder(): string | undefined {
  try {
    return Deno.cwd();
  } catch {
    // Someone removed the folder loom stands in; paths are shown whole then.
    return undefined;
  }
}
