/**
 * Writing one setting into its file, which otherwise keeps every byte.
 *
 * @module
 */

import { LoomError, type Problem, usage } from "../errors.ts";
import { dirname, extension } from "../paths.ts";
import type { FileReader, FileWriter } from "../ports/files.ts";
import { secretsOf } from "../redact.ts";
import { spliced } from "./edit.ts";
import { judgeText } from "./files.ts";
import { advice, type FileValue } from "./judge.ts";
import { CONFIG_KEYS, type ConfigKey, isConfigKey, keyInfo } from "./keys.ts";
import { findPlaces } from "./places.ts";
import { readSmall } from "./small_file.ts";
import { hasLogin, shown } from "./shown.ts";
import type { ConfigOutside } from "./types.ts";

/** What is to be written, and whose file it goes to. */
export interface SetRequest {
  readonly key: string;
  readonly words: string;
  readonly user: boolean;
}

/** What was written. */
export interface SetResult {
  readonly key: ConfigKey;
  readonly value: unknown;
  readonly file: string;
  /** Whether the file was not there before. */
  readonly created: boolean;
}

/** The outside with a disk that can be written. */
export interface SetOutside extends ConfigOutside {
  readonly files: Pick<FileReader, "stat" | "readText" | "isLink"> & Pick<FileWriter, "makeDirectory" | "writeAtomic">;
}

/**
 * Sets one setting. The file is read again as it will be, before it is written: nothing else in it may change its
 * meaning, and nothing in it may be wrong.
 *
 * @throws {LoomError} `usage` for what cannot be a setting, `config-invalid` if the file has other faults, `config-edit`
 * if the place is one that only its author should touch.
 */
export async function setConfig({ key, words, user }: SetRequest, outside: SetOutside): Promise<SetResult> {
  if (!isConfigKey(key)) throw usage(`Unknown key '${key}'`, advice(key));
  refuseSecret(key, words, outside.env);
  const value = fileForm(key, words);
  const file = target(user, outside);
  const { text: before, problem } = readSmall(file, outside.files);
  if (problem !== undefined) throw invalid(file, [problem]);
  const after = await edited(before ?? "", { file, key, value });
  await verify(before ?? "", after, { file, key, value });
  outside.files.makeDirectory(dirname(file));
  outside.files.writeAtomic(file, after);
  return { key, value, file, created: before === undefined };
}

/** What opens something stays in the environment: files are copied, shown and committed. */
function refuseSecret(key: ConfigKey, words: string, env: ConfigOutside["env"]): void {
  const isSecret = hasLogin(words) || secretsOf(env).some((secret) => words.includes(secret));
  if (!isSecret) return;
  const { env: name } = keyInfo(key);
  const hint = name === undefined ? "secrets belong into the environment" : `set ${name} in the environment instead`;
  throw usage(`Cannot write a secret into a file: the value of ${key} holds one`, hint);
}

/** What a file holds for words of the command line: numbers as numbers, `10m` as it was typed. */
function fileForm(key: ConfigKey, words: string): unknown {
  const { kind } = keyInfo(key);
  const value = kind.fromText(words);
  const isEmptyList = Array.isArray(value) && value.length === 0 && words.trim() !== "";
  if (value === undefined || isEmptyList) throw usage(`Cannot use ${key} = ${shown(words)}: expected ${kind.wants}`);
  if (typeof value !== "number") return value;
  return Number.isNaN(Number(words)) ? words.trim() : Number(words);
}

function target(user: boolean, outside: SetOutside): string {
  const { places, problems } = findPlaces(outside, {});
  const role = user ? "user" : "project";
  const own = places.filter((place) => place.role === role);
  if (own.length === 0) throw usage("Cannot tell where your own file of settings is", "set HOME or XDG_CONFIG_HOME");
  const twice = problems.filter(({ file }) => own.some((place) => place.file === file));
  if (twice.length > 0) throw invalid(own[0].file, twice);
  const place = own.find((it) => it.present) ?? own[0];
  if (!user && outside.files.isLink(place.file)) {
    throw new LoomError("config-edit", `Cannot change ${place.file}: it is a link`, {
      hint: "change what it leads to",
      data: { file: place.file },
    });
  }
  return place.file;
}

interface Edit {
  readonly file: string;
  readonly key: ConfigKey;
  readonly value: unknown;
}

async function edited(text: string, { file, key, value }: Edit): Promise<string> {
  const broken = (await judgeText(text, file)).problems.filter(({ code }) => /-syntax$/.test(code));
  if (broken.length > 0) throw invalid(file, broken);
  const isToml = extension(file) === ".toml";
  const edit = isToml ? (await import("./edit_toml.ts")).editToml : (await import("./edit_yaml.ts")).editYaml;
  const splice = edit(text, key.split("."), value);
  if (splice === undefined) throw byHand(file, key, value);
  return spliced(text, splice);
}

async function verify(before: string, after: string, edit: Edit): Promise<void> {
  const [old, now] = [await judgeText(before, edit.file), await judgeText(after, edit.file)];
  if (now.problems.some(({ code }) => /-syntax$/.test(code))) throw byHand(edit.file, edit.key, edit.value);
  const errors = now.problems.filter(({ level }) => level === "error");
  if (errors.length > 0) throw invalid(edit.file, errors);
  const wanted = new Map(old.values.map(({ key, value }) => [key, value]));
  wanted.set(edit.key, keyInfo(edit.key).kind.fromValue(edit.value));
  if (!isSame(wanted, now.values)) throw byHand(edit.file, edit.key, edit.value);
}

function isSame(wanted: ReadonlyMap<ConfigKey, unknown>, values: readonly FileValue[]): boolean {
  const found = new Map(values.map(({ key, value }) => [key, value]));
  return CONFIG_KEYS.every((key) => JSON.stringify(wanted.get(key)) === JSON.stringify(found.get(key)));
}

function byHand(file: string, key: ConfigKey, value: unknown): LoomError {
  return new LoomError("config-edit", `Cannot change ${key} in ${file}: it is written in a way of its own`, {
    hint: `write ${key} = ${shown(value)} there yourself`,
    data: { file, key },
  });
}

function invalid(file: string, problems: readonly Problem[]): LoomError {
  return new LoomError("config-invalid", `Cannot change ${file}`, { data: { file }, problems });
}
