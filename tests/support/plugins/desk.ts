/**
 * Plugins of a project's person, without a command line.
 *
 * @module
 */

import { hostContext } from "../../../compose/context.ts";
import { pluginDesk } from "../../../compose/plugins.ts";
import type { PluginDesk } from "../../../ui/cli/base/plugins.ts";
import type { Project } from "../cli.ts";

/** Where plugins of the person are kept whose state folder this is. */
export function deskIn(stateFolder: string, env: Readonly<Record<string, string>> = {}): PluginDesk {
  return pluginDesk({ ...hostContext(), env: { PATH: Deno.env.get("PATH") ?? "", LOOM_HOME: stateFolder, ...env } });
}

/** Adds folders of the project, as a yes to `loom plugin add` does. */
export async function addTo(project: Project, ...sources: readonly string[]): Promise<void> {
  const { shelf, prepare } = deskIn(project.environment().LOOM_HOME);
  for (const source of sources) await shelf.put(await prepare(source, { cwd: project.folder }));
}
