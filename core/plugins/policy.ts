/**
 * What a plugin may touch during one call, as a policy.
 *
 * @module
 */

import { denoPermissions, withinTier } from "../gate/mod.ts";
import { joinPath } from "../paths.ts";
import type { PluginManifest } from "../ports/plugin.ts";
import type { PluginLoadOptions, PluginStart } from "../ports/plugin_store.ts";
import type { Policy } from "../ports/policy.ts";
import { allRights } from "./permissions.ts";

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
