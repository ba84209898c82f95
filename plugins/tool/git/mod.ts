/**
 * The tool that runs git.
 *
 * @module
 */

import type { Plugin } from "../../../core/ports/plugin.ts";
import type { CommandOutcome, Json, Tool, ToolContext, ToolResult } from "../../../core/ports/tool.ts";
import { gitArgv, NOBODY, writesCommits } from "./argv.ts";

const SECONDS = 60;

const GRACE_SECONDS = 15;

const gitCommand: Tool = {
  info: {
    name: "git_command",
    description:
      "Run a git command in the workspace, in a sandbox, without a shell: status, diff, log, show, blame, add, commit, reset, branch, checkout, switch, merge, rebase, stash, tag, fetch, pull, push, remote, ls-files, rev-parse. What throws work away or forces a remote is refused, hooks do not run, and nothing is asked.",
    parameters: {
      type: "object",
      properties: {
        args: {
          type: "array",
          items: { type: "string" },
          minItems: 1,
          description: "The command and its arguments, without the word git",
        },
      },
      required: ["args"],
      additionalProperties: false,
    },
    tier: "workspace-write",
    timeout_seconds: SECONDS + GRACE_SECONDS,
    is_mutating: true,
  },
  run: ({ args }, context) => git((args as readonly Json[]).map(String), context),
};

/** Starts nothing itself: the launcher does, in the sandbox. Which commands are allowed was decided before. */
const plugin: Plugin = {
  name: "git",
  version: "1.0.0",
  description: "Runs git in a sandbox",
  api: 1,
  permissions: { read: ["workspace"], write: ["workspace"], programs: ["git"] },
  provides: { tool: { git_command: gitCommand } },
};

export default plugin;

async function git(args: readonly string[], context: ToolContext): Promise<ToolResult> {
  const author = writesCommits(args) && !await hasAuthor(context) ? NOBODY : [];
  const outcome = await context.run({ argv: gitArgv(args, author), timeoutMs: SECONDS * 1000 });
  const output = [outcome.stdout, outcome.stderr].map((part) => part.replace(/\n$/, "")).filter((it) => it !== "").join(
    "\n",
  );
  const error = errorOf(args[0], outcome);
  return {
    success: error === undefined,
    output,
    data: { exit_code: outcome.exitCode ?? null },
    files_changed: [],
    ...(error !== undefined && { error }),
  };
}

/** Whether the repository says who its commits are by. What the person's own settings say is not seen in the sandbox. */
async function hasAuthor(context: ToolContext): Promise<boolean> {
  const { exitCode } = await context.run({ argv: gitArgv(["config", "user.email"]), timeoutMs: SECONDS * 1000 });
  return exitCode === 0;
}

function errorOf(command: string, { exitCode, timedOut, signal }: CommandOutcome): string | undefined {
  if (timedOut) return `git ${command} was ended after ${SECONDS} seconds`;
  if (exitCode === 0) return undefined;
  return `git ${command} failed with ${exitCode === undefined ? signal : `exit code ${exitCode}`}`;
}
