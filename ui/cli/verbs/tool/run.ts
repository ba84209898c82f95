/**
 * `loom tool run NAME --json ARGS`: one call of a tool, through the same door that models go through.
 *
 * @module
 */

import type { Context } from "../../../../core/context.ts";
import { interrupted, LoomError, type Problem, usage } from "../../../../core/errors.ts";
import type { ToolResult } from "../../../../core/ports/tool.ts";
import { callTool, joinPath } from "../../../../core/tools/mod.ts";
import { gateFor } from "../../base/approve.ts";
import { EXIT, exitCodeOfError } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { listenForInterrupts } from "../../base/signals.ts";
import { errorLines, tellProblems } from "../../view/problems.ts";
import type { AuthorityCommand } from "../../words/command.ts";

type Command = AuthorityCommand<"tool run">;

const TASK_DIGITS = 12;

/** Calls it, and prints what it says. A tool that fails ends loom with 1. */
export async function runVerb({ words: [name], flags }: Command, host: Host): Promise<number> {
  const { terminal } = host;
  const { format = "text" } = flags;
  if (format !== "text" && format !== "json") throw usage(`Option --format cannot be '${format}'`, "text or json");
  const context = await host.context();
  const args = readArguments(flags.json, context, host);
  await using desk = await host.tools(context);
  const { registry } = await desk.all();
  registry.find(name);
  const folder = folderOf(flags.workspace, context);
  const project = context.stores.projectOf(folder);
  using place = await desk.open({
    folder,
    task: `tool-${context.random.hex(TASK_DIGITS)}`,
    noSandbox: flags.noSandbox,
    onNotice: (message) => terminal.writeError(`note: ${message}\n`),
  });
  const onProblems = (found: readonly Problem[]) => tellProblems(found, terminal, context.cwd);
  const gate = await gateFor({ terminal, context, store: place.store, project, yes: flags.yes, onProblems });
  const result = await untilInterrupted(host, (signal) =>
    callTool({ name, args, surface: "cli", signal }, {
      ...place,
      registry,
      gate,
      unconfined: flags.noSandbox,
      clock: context.clock,
      env: context.env,
      progress: (text) => terminal.writeError(`${text}\n`),
    }));
  return tell(result, format, host);
}

async function untilInterrupted<T>({ terminal }: Host, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, release } = listenForInterrupts(terminal, (text) => terminal.writeError(text));
  try {
    return await work(signal);
  } catch (error) {
    if (signal.aborted) throw interrupted("The tool was called off");
    throw error;
  } finally {
    release();
  }
}

/** Absolute; the project's folder unless it was said otherwise. */
export function folderOf(workspace: string | undefined, context: Context): string {
  return workspace === undefined ? context.stores.projectOf(context.cwd) : joinPath(context.cwd, workspace);
}

/** As they stand there, from standard input, or from a file. */
function readArguments(given: string | undefined, context: Context, host: Host): unknown {
  const text = given === undefined
    ? "{}"
    : given === "-"
    ? allInput(host)
    : given.startsWith("@")
    ? fileText(given.slice(1), context)
    : given;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw usage(`Option --json holds no JSON: ${why}`, `such as --json '{"path": "README.md"}'`);
  }
}

function allInput({ terminal }: Host): string {
  const lines: string[] = [];
  for (let line = terminal.readLine(); line !== undefined; line = terminal.readLine()) lines.push(line);
  return lines.join("\n");
}

function fileText(path: string, { files, cwd }: Context): string {
  const text = files.readText(joinPath(cwd, path));
  if (text === undefined) throw new LoomError("file-not-found", `Cannot read the arguments: there is no file ${path}`);
  return text;
}

function tell(result: ToolResult, format: "text" | "json", { terminal }: Host): number {
  if (format === "json") terminal.write(`${JSON.stringify(result, null, 2)}\n`);
  else if (result.success) terminal.write(endingInLine(result.output));
  else terminal.writeError(problemText(result, terminal.errorColor));
  return result.success ? EXIT.done : exitCodeOfError(codeOf(result));
}

function endingInLine(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function problemText({ error, output, data }: ToolResult, color: boolean): string {
  const message = error ?? output;
  const hint = (data as { readonly hint?: string } | undefined)?.hint;
  const head = errorLines(new LoomError("tool-failed", message, { hint }), { color }).join("\n");
  // What a program printed before it failed is told too.
  const said = output === message || output.startsWith(`${message}\n`) ? "" : endingInLine(output);
  return `${said}${head}\n`;
}

function codeOf({ data }: ToolResult): string {
  const code = (data as { readonly code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "tool-failed";
}
