/**
 * What one call of a tool may touch.
 *
 * @module
 */

import { higher, leastTier } from "../../gate/mod.ts";
import { dirname, isInside } from "../../paths.ts";
import type { Origin, Policy } from "../../ports/policy.ts";
import { notGranted } from "../base/errors.ts";
import type { KnownTool } from "../base/registry.ts";
import type { Arguments, Assessment, Place } from "../base/types.ts";

/** Longest piece of an argument in words for people. */
const SHOWN = 200;

/**
 * The policy of a call: the tool's tier or the higher one that its effects need; to read what its plugin asked for; to write what the
 * arguments name, or all that its plugin asked for if it names nothing; hosts, programs and variables of its plugin.
 */
export function policyOf(tool: KnownTool, args: Arguments, place: Place, known: Assessment = {}): Policy {
  const { info, plugin } = tool;
  const reaches = info.tier !== "read-only" || known.tier !== undefined;
  const { hosts = [], programs = [], variables = [], read = [], write = [] } = plugin.permissions;
  const started = reaches ? programs.map((name) => place.programs?.get(name) ?? name) : [];
  const own = started.filter((path) => !programs.includes(path));
  const targets = info.is_mutating ? targetsOf(tool, args, place) : [];
  const policy = {
    actor: actorOf(tool),
    action: known.action ?? actionOf(tool, args),
    read: [...foldersOf(read, place), ...own.map((path) => dirname(path))],
    write: granted(tool, known.writes?.map((path) => place.locate(path)) ?? targets, foldersOf(write, place)),
    hosts: reaches ? known.hosts ?? hosts : [],
    programs: started,
    variables: variables.filter((name) => info.auth_requirements?.includes(name) ?? !tool.builtIn),
    ...(info.timeout_seconds !== undefined && { budget: { ms: info.timeout_seconds * 1000 } }),
  };
  return { ...policy, tier: higher(info.tier, known.tier ?? "read-only", leastTier(policy)) };
}

/**
 * The policy of a call whose programs nothing holds in: it is asked about, and says so.
 *
 * @throws {LoomError} `not-granted` unless a person wants it.
 */
export function withoutSandbox(policy: Policy, origin: Origin): Policy {
  if (policy.programs.length === 0) return policy;
  if (origin === "agent" || origin === "ci") throw notGranted(policy.actor, "start programs without a sandbox");
  const action = `${policy.action}, without a sandbox: with all your rights`;
  return { ...policy, action, tier: higher(policy.tier, "expensive") };
}

/** For the log: a call that was refused before it was known what it would touch. It grants nothing. */
export function refusedPolicy(tool: KnownTool, args: Arguments): Policy {
  const { info } = tool;
  const nothing = { write: [], hosts: [], programs: [], variables: [] };
  return { actor: actorOf(tool), action: actionOf(tool, args), tier: info.tier, read: [], ...nothing };
}

function actorOf({ info, plugin, builtIn }: KnownTool): string {
  return builtIn ? `tool ${info.name}` : `tool ${info.name} of plugin ${plugin.name} ${plugin.version}`;
}

/** Real places of the paths that the arguments name as targets. */
export function targetsOf({ info, plugin }: KnownTool, args: Arguments, place: Place): readonly string[] {
  const keys = info.mutation_target_arg_keys ?? [];
  const paths = keys.flatMap((key) => args[key] ?? []).filter((path) => typeof path === "string");
  return keys.length === 0 ? foldersOf(plugin.permissions.write ?? [], place) : paths.map((path) => place.locate(path));
}

/** Folders that a plugin asks for: `workspace`, `workspace/data`, or `data` for short. */
function foldersOf(asked: readonly string[], place: Place): readonly string[] {
  return asked.map((entry) => place.locate(entry.replace(/^workspace(\/|$)/, "") || "."));
}

/** A plugin's tool changes nothing outside of what the plugin asked for. */
function granted({ info }: KnownTool, paths: readonly string[], folders: readonly string[]): readonly string[] {
  const outside = paths.find((path) => !folders.some((folder) => isInside(path, folder)));
  if (outside !== undefined) throw notGranted(info.name, `change '${outside}'`);
  return paths;
}

function actionOf({ info }: KnownTool, args: Arguments): string {
  const keys = info.mutation_target_arg_keys ?? Object.keys(args);
  const words = keys.flatMap((key) => args[key] ?? []).filter((it) => typeof it !== "object").map(String);
  const verb = info.name.replaceAll("_", " ");
  return [verb, ...words.map((word) => word.length > SHOWN ? `${word.slice(0, SHOWN)}…` : word)].join(" ");
}
