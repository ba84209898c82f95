/**
 * Reading settings: options, environment, `.env`, files, defaults; the strongest wins, and each value knows its source.
 *
 * @module
 */

import { LoomError, type Problem } from "../errors.ts";
import { isAbsolute, joinPath } from "../paths.ts";
import { readEnvironment } from "./environment.ts";
import { readConfigFile } from "./files.ts";
import { applyGateway } from "./gateway.ts";
import { CONFIG_KEYS, type ConfigKey, keyInfo } from "./keys.ts";
import { findPlaces, projectFolder } from "./places.ts";
import { shown, withoutLogin } from "./shown.ts";
import type { ConfigOutside, ConfigRequest, Environment, LoomConfig, Origin, ReadConfig, Setting } from "./types.ts";
import { readVariables, unknownVariables } from "./read_variables.ts";

/** A value that one source gives to one setting. */
interface Given {
  readonly key: ConfigKey;
  readonly value: unknown;
  readonly origin: Origin;
}

/** What one source gives. */
interface Source {
  readonly given: readonly Given[];
  readonly problems: readonly Problem[];
}

/** Options that stand for more than one setting, weaker than the option of each. */
const SHARED_FLAGS: Readonly<Record<string, readonly ConfigKey[]>> = {
  "--model-provider": ["code_provider", "feedback_provider"],
};

/**
 * Reads everything and tells everything that is wrong; throws for nothing that a person wrote.
 *
 * @param outside Where to look.
 * @param request What the command line says about it.
 */
export async function readConfig(outside: ConfigOutside, request: ConfigRequest = {}): Promise<ReadConfig> {
  const { environment, place, problems } = readEnvironment(outside);
  const found = findPlaces(outside, request);
  const files = await Promise.all(found.places.filter((it) => it.present).map((it) => fromFile(it, outside)));
  const sources = [fromFlags(request.flags ?? {}), fromEnvironment(environment), ...files];
  const merged = merge(sources, outside);
  const { settings, problems: flips } = applyGateway(merged, environment);
  const variables = readVariables(environment);
  return {
    config: nested(settings),
    settings,
    variables,
    environment,
    places: [place, ...found.places],
    problems: [
      ...sources.slice(0, 2).flatMap((source) => source.problems),
      ...problems,
      ...found.problems,
      ...files.flatMap((source) => source.problems),
      ...unknownVariables(environment),
      ...settings.filter((setting) => setting.untrusted).map(untrustedProblem),
      ...flips,
    ],
  };
}

/**
 * As {@linkcode readConfig}, for verbs that need settings they can rely on.
 *
 * @throws {LoomError} `config-invalid`, with every problem.
 */
export async function loadConfig(outside: ConfigOutside, request: ConfigRequest = {}): Promise<ReadConfig> {
  const read = await readConfig(outside, request);
  const errors = read.problems.filter(({ level }) => level === "error");
  if (errors.length === 0) return read;
  throw new LoomError("config-invalid", "The settings cannot be used", { problems: errors });
}

function fromFlags(flags: Readonly<Record<string, string>>): Source {
  const shared = Object.entries(SHARED_FLAGS).flatMap(([name, keys]) =>
    flags[name] === undefined ? [] : keys.map((key) => fromText(key, flags[name], { kind: "flag", name }))
  );
  const own = CONFIG_KEYS.flatMap((key) => {
    const name = keyInfo(key).flag;
    const words = name === undefined ? undefined : flags[name];
    return words === undefined ? [] : [fromText(key, words, { kind: "flag", name: name! })];
  });
  return joined([...own, ...shared]);
}

function fromEnvironment(environment: Environment): Source {
  return joined(CONFIG_KEYS.flatMap((key) => {
    const name = keyInfo(key).env;
    const found = name === undefined ? undefined : environment.get(name);
    return found === undefined ? [] : [fromText(key, found.value, found.origin)];
  }));
}

function joined(parts: readonly (Given | Problem)[]): Source {
  return {
    given: parts.filter((part) => "key" in part),
    problems: parts.filter((part) => "level" in part),
  };
}

function fromText(key: ConfigKey, words: string, origin: Origin): Given | Problem {
  const { kind } = keyInfo(key);
  const value = kind.fromText(words);
  if (value !== undefined) return { key, value, origin };
  const name = "name" in origin ? origin.name : key;
  const place = origin.kind === "env-file" ? { file: origin.file, line: origin.line } : {};
  const message = `Cannot use ${name}=${shown(words)}: expected ${kind.wants}`;
  return { level: "error", code: "config-value", message, ...place };
}

async function fromFile(
  place: { readonly role: ReadConfig["places"][number]["role"]; readonly file: string },
  { files }: ConfigOutside,
): Promise<Source> {
  const { file } = place;
  const role = place.role as "project" | "user" | "named";
  const { values, problems } = await readConfigFile(file, files);
  return {
    given: values.map(({ key, value, at }) => ({ key, value, origin: { kind: "file", role, file, ...at } })),
    problems,
  };
}

/** One setting for each key: the first source that gives it, else its default. */
function merge(sources: readonly Source[], outside: ConfigOutside): Setting[] {
  const given = sources.flatMap((source) => source.given);
  return CONFIG_KEYS.map((key): Setting => {
    const { value, origin } = given.find((it) => it.key === key) ??
      { value: keyInfo(key).fallback, origin: { kind: "default" } };
    return { key, value: absolute(key, value, origin, outside), origin, untrusted: isUntrusted(key, value, origin) };
  });
}

/** Paths begin where loom was started; those that a project gives itself, and defaults, in the project's folder. */
function absolute(key: ConfigKey, value: unknown, origin: Origin, outside: ConfigOutside): unknown {
  const { role } = keyInfo(key).kind;
  if (typeof value !== "string" || (role !== "path" && role !== "program")) return value;
  if (role === "program" && !/[/\\]/.test(value)) return value;
  if (isAbsolute(value)) return joinPath("/", value);
  const isProjects = origin.kind === "default" || (origin.kind === "file" && origin.role === "project");
  return joinPath(isProjects ? projectFolder(outside) : outside.cwd, value);
}

function isUntrusted(key: ConfigKey, value: unknown, origin: Origin): boolean {
  if (keyInfo(key).sensitive !== true || value === null || (Array.isArray(value) && value.length === 0)) return false;
  return origin.kind === "env-file" || (origin.kind === "file" && origin.role === "project");
}

function untrustedProblem({ key, value, origin }: Setting): Problem {
  const place = origin.kind === "file"
    ? { file: origin.file, line: origin.line, column: origin.column }
    : origin.kind === "env-file"
    ? { file: origin.file, line: origin.line }
    : {};
  const what = key === "python" || key === "plugins" ? "decides what runs" : "decides where requests and keys go";
  const message = `${key} = ${shown(withoutLogin(value))} comes with the project's files, and ${what}`;
  return { level: "warning", code: "config-untrusted", message, hint: "keep it only if you trust them", ...place };
}

function nested(settings: readonly Setting[]): LoomConfig {
  const config: Record<string, unknown> = {};
  const groups: Record<string, Record<string, unknown>> = {};
  for (const { key, value } of settings) {
    const [head, rest] = key.split(".");
    if (rest === undefined) config[head] = value;
    else config[head] = groups[head] = { ...groups[head], [rest]: value };
  }
  return config as unknown as LoomConfig;
}
