/**
 * The tool that runs commands.
 *
 * @module
 */

import type { Plugin } from "../../../core/ports/plugin.ts";
import type { CommandOutcome, Tool, ToolContext, ToolResult } from "../../../core/ports/tool.ts";

const SECONDS = 120;

/** Until a command that was told to end is ended, and the words about it are there. */
const GRACE_SECONDS = 10;

const shellExecute: Tool = {
  info: {
    name: "shell_execute",
    description:
      "Run a shell command in the workspace, in a sandbox: it sees the workspace and the programs of this machine, has no network, and has 120 seconds. What it changes cannot be undone.",
    parameters: {
      type: "object",
      properties: { command: { type: "string", minLength: 1, description: "The command, for sh" } },
      required: ["command"],
      additionalProperties: false,
    },
    tier: "workspace-write",
    timeout_seconds: SECONDS + GRACE_SECONDS,
    is_mutating: true,
  },
  run: execute,
};

/** Starts nothing itself: the launcher does, in the sandbox. */
const plugin: Plugin = {
  name: "shell",
  version: "1.0.0",
  description: "Runs shell commands in a sandbox",
  api: 1,
  permissions: { read: ["workspace"], write: ["workspace"], programs: ["sh"] },
  provides: { tool: { shell_execute: shellExecute } },
};

export default plugin;

async function execute({ command }: { readonly command?: unknown }, context: ToolContext): Promise<ToolResult> {
  const outcome = await context.run({ argv: ["sh", "-c", String(command)], timeoutMs: SECONDS * 1000 });
  const output = outputOf(outcome);
  const data = {
    exit_code: outcome.exitCode ?? null,
    ...(outcome.signal !== undefined && { signal: outcome.signal }),
    ...(outcome.droppedBytes > 0 && { dropped_bytes: outcome.droppedBytes }),
    ...(outcome.timedOut && { timed_out: true }),
  };
  const error = errorOf(outcome);
  return { success: error === undefined, output, data, files_changed: [], ...(error !== undefined && { error }) };
}

function outputOf({ stdout, stderr, droppedBytes }: CommandOutcome): string {
  const parts = [
    stdout,
    stderr === "" ? "" : `[stderr]\n${stderr}`,
    droppedBytes === 0 ? "" : `[${droppedBytes} bytes of output were left out]`,
  ];
  return parts.filter((part) => part !== "").map((part) => part.replace(/\n$/, "")).join("\n");
}

function errorOf({ exitCode, signal, timedOut }: CommandOutcome): string | undefined {
  if (timedOut) return `The command was ended after ${SECONDS} seconds`;
  if (exitCode === 0) return undefined;
  return exitCode === undefined
    ? `The command was ended by ${signal}`
    : `The command failed with exit code ${exitCode}`;
}
