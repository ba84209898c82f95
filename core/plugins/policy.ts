/**
 * What a plugin may touch during one call, as a policy.
 *
 * @module
 */

import { denoPermissions, withinTier } from "../gate/mod.ts";
import { joinPath } from "../paths.ts";
import type { PluginManifest } from "../ports/plugin.ts";
import type { PluginLoadOptions, PluginStart, ProgramStart } from "../ports/plugin_store.ts";
import type { Policy } from "../ports/policy.ts";
import type { CheckedPlugin } from "./manifest.ts";
import { allRights } from "./permissions.ts";
import { ownProgram } from "./program.ts";

/**
 * Manifest and tier together: nothing that is not in both. Programs are in it too; a plugin's worker never starts them.
 *
 * @param manifest What was granted.
 * @param options The call's tier and workspace.
 */
export function pluginPolicy(manifest: PluginManifest, { tier = "read-only", workspace }: PluginLoadOptions): Policy {
  const rights = allRights(manifest.permissions);
  const inWorkspace = (folders: readonly string[]) =>
    workspace === undefined ? [] : folders.map((it) => joinPath(workspace, it.slice("workspace/".length)));
  return withinTier({
    actor: `plugin ${manifest.name} ${manifest.version}`,
    action: "work",
    tier,
    read: inWorkspace(rights.read),
    write: inWorkspace(rights.write),
    hosts: rights.hosts,
    programs: rights.programs,
    variables: rights.variables,
  });
}

/** What its worker is started with. */
export function startOf(
  manifest: PluginManifest,
  options: PluginLoadOptions,
): Pick<PluginStart, "manifest" | "permissions" | "variables"> {
  const policy = pluginPolicy(manifest, options);
  return { manifest, permissions: { ...denoPermissions(policy) }, variables: policy.variables };
}

/**
 * What a program is started with: what a module would have, its own files to read, and itself to start.
 *
 * @param plugin What was granted.
 * @param folder Of its files, absolute, links resolved.
 * @param options The call's tier and workspace.
 */
export function programStart(plugin: CheckedPlugin, folder: string, options: PluginLoadOptions): ProgramStart {
  const { manifest, provides, command = [] } = plugin;
  const own = ownProgram(command);
  const argv = own === undefined ? command : [joinPath(folder, own), ...command.slice(1)];
  const policy = pluginPolicy(manifest, options);
  const given = { read: [...policy.read, folder], programs: argv.slice(0, 1) };
  return { manifest, provides, argv, folder, policy: { ...policy, ...given } };
}
