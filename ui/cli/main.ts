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

/** One verb needs little of what all of them need. */
const verbs = {
  run: (): Promise<typeof import("./verbs/run.ts")> => import(isReached ? "./verbs/run.ts" : "./verbs/run.ts"),
  status: (): Promise<typeof import("./verbs/status.ts")> =>
    import(isReached ? "./verbs/status.ts" : "./verbs/status.ts"),
  explain: (): Promise<typeof import("./verbs/explain.ts")> =>
    import(isReached ? "./verbs/explain.ts" : "./verbs/explain.ts"),
  completions: (): Promise<typeof import("./verbs/completions.ts")> =>
    import(isReached ? "./verbs/completions.ts" : "./verbs/completions.ts"),
  schema: (): Promise<typeof import("./verbs/schema.ts")> =>
    import(isReached ? "./verbs/schema.ts" : "./verbs/schema.ts"),
  complete: (): Promise<typeof import("./verbs/complete.ts")> =>
    import(isReached ? "./verbs/complete.ts" : "./verbs/complete.ts"),
  quick: (): Promise<typeof import("./quick.ts")> => import(isReached ? "./quick.ts" : "./quick.ts"),
  authority: (): Promise<typeof import("./verbs/authority.ts")> =>
    import(isReached ? "./verbs/authority.ts" : "./verbs/authority.ts"),
  experiment: (): Promise<typeof import("./verbs/experiment/mod.ts")> =>
    import(isReached ? "./verbs/experiment/mod.ts" : "./verbs/experiment/mod.ts"),
  exportFile: (): Promise<typeof import("./verbs/experiment/export_file.ts")> =>
    import(isReached ? "./verbs/experiment/export_file.ts" : "./verbs/experiment/export_file.ts"),
  loops: (): Promise<typeof import("./verbs/loops/mod.ts")> =>
    import(isReached ? "./verbs/loops/mod.ts" : "./verbs/loops/mod.ts"),
};

/** A file is exported as another file; a run by the verbs about runs. */
async function exportFile({ words: [file], flags }: LoopCommand<"export">, host: Host): Promise<number> {
  return await (await verbs.exportFile()).exportFile(file, flags, host);
}

async function perform(command: Command, host: Host): Promise<number> {
  host.revoke(command.verb, "start");
  switch (command.verb) {
    case "run":
      return await (await verbs.run()).runVerb(command, host);
    case "status":
      return await (await verbs.status()).statusVerb(command, host);
    case "explain":
      return await (await verbs.explain()).explainVerb(command, host);
    case "completions":
      return await (await verbs.completions()).completionsVerb(command, host);
    case "schema":
      return await (await verbs.schema()).schemaVerb(command, host);
    case "complete":
      return await (await verbs.complete()).completeVerb(command, host);
    case "help":
    case "usage":
    case "version":
      return (await verbs.quick()).answer(command, host.terminal);
    default:
      if (isAuthorityCommand(command)) return await (await verbs.authority()).authorityVerb(command, host);
      if (isExperimentCommand(command)) return await (await verbs.experiment()).experimentVerb(command, host);
      if (command.verb === "export" && isPipelineFile(command.words[0])) return await exportFile(command, host);
      return await (await verbs.loops()).loopVerb(command, host);
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
