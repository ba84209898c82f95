/**
 * Plugins as lines for people and documents for programs.
 *
 * @module
 */

import {
  isSameCommand,
  type PluginCandidate,
  type RightEntry,
  rightInWords,
  rightsDiff,
  rightsInWords,
} from "../../../../core/plugins/mod.ts";
import type { PluginPermissions } from "../../../../core/ports/plugin.ts";
import type { InstalledPlugin, PluginSource, ProvidedNames } from "../../../../core/ports/plugin_store.ts";
import { palette } from "../../view/colors.ts";
import { tableLines } from "../../view/table.ts";
import type { Terminal } from "../../base/terminal.ts";

/** What is shown of a plugin, added or not. */
interface Facts {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly source: PluginSource;
  readonly digest: string;
  readonly provides: ProvidedNames;
  readonly permissions: PluginPermissions;
  /** Of a program. */
  readonly command?: readonly string[];
}

/** A plugin that could be added. */
export function candidateLines(candidate: PluginCandidate, terminal: Terminal): readonly string[] {
  return factLines({ ...candidate.manifest, ...candidate }, terminal);
}

/** What it is, where it is from, and what it may do. */
export function factLines(facts: Facts, terminal: Terminal): readonly string[] {
  const { strong } = palette(terminal.color);
  const { description } = facts;
  const rows = [
    ["  from", facts.source.resolved],
    ["  digest", `sha256 ${facts.digest}`],
    ["  provides", providedText(facts.provides)],
    ...(facts.command === undefined ? [] : [["  runs", commandText(facts.command)]]),
  ];
  const title = `${strong(`${facts.name} ${facts.version}`)}${description === undefined ? "" : `: ${description}`}`;
  return [title, ...tableLines(rows), "", ...rightLines(facts)];
}

function rightLines({ permissions, command }: Facts): readonly string[] {
  const { may, mayNot, notes } = rightsInWords(permissions, command);
  const allowed = may.length === 0 ? ["compute, and nothing else"] : may;
  return ["It may", ...items(allowed), "It may not", ...items(mayNot), ...notes];
}

function items(texts: readonly string[]): readonly string[] {
  return texts.map((text) => `  - ${text}`);
}

/** How its rights, and where it is from, differ from those of the one that is there. */
export function changeLines(before: InstalledPlugin, candidate: PluginCandidate): readonly string[] {
  const { manifest, source, command } = candidate;
  const { more, less } = rightsDiff(before.granted, manifest.permissions);
  const there = `${before.name} ${before.version}, which is there`;
  const isElsewhere = before.source.asked !== source.asked;
  return [
    "",
    ...(isElsewhere ? [`It takes the place of ${there} and comes from another place: ${before.source.asked}`] : []),
    ...(isSameCommand(before.command, command)
      ? []
      : [`It ${runText(command)}; ${there}, ${runText(before.command)}.`]),
    ...(more.length + less.length === 0 ? [`It asks for the same rights as ${there}.`] : []),
    ...(more.length === 0 ? [] : [`It asks for MORE than ${there}: to`, ...diffLines("+", more)]),
    ...(less.length === 0 ? [] : [`It no longer asks, as ${there} does, to`, ...diffLines("-", less)]),
  ];
}

function diffLines(sign: "+" | "-", entries: readonly RightEntry[]): readonly string[] {
  return entries.map(({ right, entry }) => `  ${sign} ${rightInWords(right, entry)}`);
}

/** What a program is started with, as one would type it. */
function commandText(command: readonly string[]): string {
  return command.map((word) => /^[\w./:=@%+,-]+$/.test(word) ? word : JSON.stringify(word)).join(" ");
}

function runText(command: readonly string[] | undefined): string {
  return command === undefined ? "is a module in a worker" : `runs ${commandText(command)} in a sandbox`;
}

/** `tool greet, wave; model fast`. */
export function providedText(provides: ProvidedNames): string {
  const ports = Object.entries(provides).filter(([, names]) => names.length > 0);
  return ports.map(([port, names]) => `${port} ${names.join(", ")}`).join("; ");
}

/** What one does with a plugin that was added. */
export function nextSteps({ name, provides }: InstalledPlugin): readonly string[] {
  const [tool] = provides.tool ?? [];
  return [
    `Look at it:  loom plugin info ${name}`,
    ...(tool === undefined ? [] : [`Use it:      loom tool info ${tool}`]),
    `Remove it:   loom plugin remove ${name}`,
  ];
}

/** A plugin that was added, for programs. */
export function installedDocument(plugin: InstalledPlugin): Readonly<Record<string, unknown>> {
  const { name, version, digest, manifestDigest, source, granted, provides, command, addedMs } = plugin;
  const { state, folder, changed } = plugin;
  return {
    name,
    version,
    state,
    ...(changed.length > 0 && { changed }),
    provides,
    ...(command !== undefined && { command }),
    granted,
    source,
    digest,
    manifest_digest: manifestDigest,
    added_at: new Date(addedMs).toISOString(),
    folder,
  };
}

/** One that could be added, for programs. */
export function candidateDocument({ manifest, provides, command, source, digest }: PluginCandidate) {
  const { name, version, description, permissions } = manifest;
  return {
    name,
    version,
    ...(description !== undefined && { description }),
    provides,
    ...(command !== undefined && { command }),
    permissions,
    source,
    digest,
  };
}
