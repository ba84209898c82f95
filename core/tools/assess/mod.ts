/**
 * What calls of loom's own tools would do, where their arguments say more than their names.
 *
 * @module
 */

import { isLoomError } from "../../errors.ts";
import type { Workspace } from "../../ports/workspace.ts";
import type { Arguments, Assessment } from "../base/types.ts";
import { commandRefused } from "../base/errors.ts";
import { checkGit } from "../git/check.ts";
import { remoteHosts } from "../git/hosts.ts";
import { assessShell } from "./shell.ts";

/**
 * Looks into the arguments of a call.
 *
 * @throws {LoomError} `command-refused` for what is never done.
 */
export async function assess(
  tool: string,
  args: Arguments,
  workspace: Pick<Workspace, "readFile">,
): Promise<Assessment> {
  if (tool === "shell_execute") return shell(String(args.command));
  if (tool === "git_command" && Array.isArray(args.args)) return await git(args.args.map(String), workspace);
  return {};
}

function shell(command: string): Assessment {
  const { commands, refused } = assessShell(command);
  if (refused !== undefined) throw commandRefused("shell_execute", refused.why, refused.hint);
  return { commands, action: `run ${command}` };
}

async function git(args: readonly string[], workspace: Pick<Workspace, "readFile">): Promise<Assessment> {
  const checked = checkGit(args);
  if (!checked.ok) throw commandRefused("git_command", checked.why, checked.hint);
  const { tier, writes, connects } = checked;
  const config = await configOf(workspace);
  const changed = { nothing: [], repository: [".git"], files: [".", ".git"] } as const;
  return {
    tier,
    action: `git ${args.join(" ")}`,
    commands: [["git", ...args]],
    hosts: connects ? remoteHosts(config ?? "", args) : [],
    writes: config === undefined ? [] : changed[writes],
  };
}

async function configOf(workspace: Pick<Workspace, "readFile">): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.readFile(".git/config"));
  } catch (error) {
    // No repository of its own: git will say so.
    if (isLoomError(error) && ["file-not-found", "not-directory", "is-directory"].includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}
