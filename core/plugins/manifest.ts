/**
 * What a plugin says of itself, checked. It comes out of code that nobody trusts yet.
 *
 * @module
 */

import { z } from "zod";
import { LoomError, nearest, type Problem } from "../errors.ts";
import type { PluginManifest, PortName } from "../ports/plugin.ts";
import type { PluginClaims, ProvidedNames } from "../ports/plugin_store.ts";
import { commandIn } from "./command.ts";
import { askedRights, faultOf, patternFault, type Right, RIGHTS } from "./permissions.ts";

/** The ports, in the order in which they are listed. */
export const PORTS: readonly PortName[] = ["search", "mlops", "model-builder", "model", "tool"];

/** Name of a plugin. */
export const NAME: RegExp = /^[a-z][a-z0-9-]{0,62}[a-z0-9]$|^[a-z]$/;

// Source: https://semver.org/spec/v2.0.0.html, the expression it suggests.
/** Version of a plugin. */
export const VERSION: RegExp =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*)?(\+[\da-zA-Z-]+(\.[\da-zA-Z-]+)*)?$/;

/** More than any honest plugin lists, and few enough for a person to read. */
const MAX_ENTRIES = 100;

function entries(right: Right) {
  const entry = z.string().superRefine((value, context) => {
    const fault = faultOf(right, value);
    if (fault !== undefined) context.addIssue({ code: "custom", message: `'${shown(value)}': ${fault}` });
  });
  return z.array(entry).max(MAX_ENTRIES).optional();
}

/** Rights, each entry checked. */
export const permissionsSchema = z.strictObject({
  read: entries("read"),
  write: entries("write"),
  hosts: entries("hosts"),
  variables: entries("variables"),
  programs: entries("programs"),
}).superRefine(({ hosts = [] }, context) => {
  hosts.forEach((entry, at) => {
    const fault = patternFault(entry, hosts);
    if (fault !== undefined) {
      context.addIssue({ code: "custom", message: `'${shown(entry)}': ${fault}`, path: ["hosts", at] });
    }
  });
});

const manifest = z.strictObject({
  name: z.string().regex(NAME, "write lower case letters, digits and dashes, at most 64, such as 'greet'"),
  version: z.string().max(64).regex(VERSION, "write a version such as '1.0.0'"),
  description: z.string().max(500).refine((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text), "write one line of text")
    .optional(),
  api: z.literal(1, "this loom knows 1"),
  permissions: permissionsSchema.optional(),
});

const provided = z.array(z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/, "write lower case letters, digits, - and _"))
  .max(1_000);

/** Names of what is offered, by port. */
export const providesSchema = z.strictObject({
  search: provided.optional(),
  mlops: provided.optional(),
  "model-builder": provided.optional(),
  model: provided.optional(),
  tool: provided.optional(),
}).refine((names) => Object.values(names).some((list) => list !== undefined && list.length > 0), "it offers nothing");

/** A manifest that holds. */
export interface CheckedPlugin {
  readonly manifest: PluginManifest;
  readonly provides: ProvidedNames;
  /** Of a program. */
  readonly command?: readonly string[];
}

/**
 * Checks what a plugin says of itself.
 *
 * @param claims What it said.
 * @param where Where it comes from, for the person.
 * @throws {LoomError} `plugin-invalid`, with everything that is wrong.
 */
export function checkPlugin(claims: PluginClaims, where: string): CheckedPlugin {
  const { program } = claims;
  const [said, offers] = [manifest.safeParse(claims.manifest), providesSchema.safeParse(claims.provides)];
  const command = program && commandIn(program.files).safeParse(program.command);
  const known = program === undefined ? KNOWN : { ...KNOWN, "": [...KNOWN[""], "command"] };
  const problems = [
    ...(said.success ? [] : problemsOf(said.error, [], known)),
    ...(offers.success ? [] : problemsOf(offers.error, ["provides"], known)),
    ...(command?.error === undefined ? [] : problemsOf(command.error, ["command"], known)),
  ];
  if (!said.success || !offers.success || command?.success === false) throw pluginInvalid(where, problems);
  const checked = { ...said.data, permissions: askedRights(said.data.permissions ?? {}) };
  return { manifest: checked, provides: offers.data, ...(command !== undefined && { command: command.data }) };
}

/** The manifest as it is kept beside the code. */
export function manifestText({ manifest, command, provides }: CheckedPlugin): string {
  return `${JSON.stringify({ ...manifest, ...(command !== undefined && { command }), provides }, null, 2)}\n`;
}

function pluginInvalid(where: string, problems: readonly Problem[]): LoomError {
  return new LoomError("plugin-invalid", `Cannot use the plugin in ${where}`, { data: { where }, problems });
}

type Known = Readonly<Record<string, readonly string[]>>;

const KNOWN: Known = {
  "": ["name", "version", "description", "api", "permissions", "provides"],
  permissions: RIGHTS,
  provides: PORTS,
};

function problemsOf(error: z.ZodError, above: readonly PropertyKey[], known: Known): readonly Problem[] {
  return error.issues.flatMap((issue) => {
    const path = [...above, ...issue.path].map(String);
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path.join("."), key, known));
    return [{ level: "error", code: "plugin-invalid", message: `${placeOf(path)}${issue.message}` }];
  });
}

function unknownKey(place: string, key: string, known: Known): Problem {
  const near = nearest(key, known[place] ?? []);
  return {
    level: "error",
    code: "unknown-key",
    message: `Unknown key '${shown(key)}' in ${place === "" ? "the plugin" : place}`,
    hint: near === undefined ? `known are ${(known[place] ?? []).join(", ")}` : `did you mean '${near}'?`,
  };
}

function placeOf(path: readonly string[]): string {
  return path.length === 0 ? "" : `${path.map(shown).join(".")}: `;
}

/** What came out of foreign code, safe for a terminal and short. */
export function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?").slice(0, 80);
}
