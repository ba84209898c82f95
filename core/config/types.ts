/**
 * What is known of settings once they are read.
 *
 * @module
 */

import type { Problem } from "../errors.ts";
import type { FileReader } from "../ports/files.ts";
import type { Stores } from "../ports/store.ts";
import type { ConfigKey, ConfigValue } from "./keys.ts";

/** What reading settings needs of the outside; a part of the context. */
export interface ConfigOutside {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly files: Pick<FileReader, "stat" | "readText">;
  readonly stores: Pick<Stores, "projectOf">;
}

/** The values by name. Absent ones are `null`. */
export type ConfigValues = { readonly [K in ConfigKey]: ConfigValue<K> };

type Head<K extends string> = K extends `${infer H}.${string}` ? H : K;
type Below<T, H extends string> = {
  readonly [K in keyof T & string as K extends `${H}.${infer Rest}` ? Rest : never]: T[K];
};

/** The settings as maps in maps: `config.budget.steps`. */
export type LoomConfig = {
  readonly [H in Head<ConfigKey>]: H extends ConfigKey ? ConfigValue<H> : Below<ConfigValues, H>;
};

/** A file of settings. */
export type FileRole = "project" | "user" | "named";

/** Where a value comes from. Lines and columns count from 1. */
export type Origin =
  | { readonly kind: "flag"; readonly name: string }
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "env-file"; readonly name: string; readonly file: string; readonly line: number }
  | {
    readonly kind: "file";
    readonly role: FileRole;
    readonly file: string;
    readonly line: number;
    readonly column: number;
  }
  | { readonly kind: "hosted-gateway" }
  | { readonly kind: "default" };

/** One setting. */
export interface Setting {
  readonly key: ConfigKey;
  readonly value: unknown;
  readonly origin: Origin;
  /** Whether it says where secrets go or what runs, and came with the project's files instead of from its user. */
  readonly untrusted: boolean;
}

/** One variable that is no setting. A secret's `value` is left out. */
export interface Variable {
  readonly name: string;
  readonly secret: boolean;
  readonly set: boolean;
  readonly value?: string;
  readonly origin?: Origin;
  readonly untrusted: boolean;
}

/** A place where settings are looked for. */
export interface Place {
  readonly role: FileRole | "env-file";
  /** Absolute. */
  readonly file: string;
  readonly present: boolean;
}

/** The environment with what `.env` adds. Empty variables are as good as absent. */
export interface Environment {
  get(name: string): { readonly value: string; readonly origin: Origin } | undefined;
  /** Names that are set. */
  names(): readonly string[];
}

/** Which settings are asked for. */
export interface ConfigRequest {
  /** What `--config` names; it stands in for the project's and the user's file. */
  readonly file?: string;
  /** Options that were typed, with their words: `{ "--steps": "20" }`. */
  readonly flags?: Readonly<Record<string, string>>;
}

/** Everything that was read. */
export interface ReadConfig {
  /** Values that cannot be used stand as if they were not there. */
  readonly config: LoomConfig;
  /** In the order of the table. */
  readonly settings: readonly Setting[];
  readonly variables: readonly Variable[];
  readonly environment: Environment;
  readonly places: readonly Place[];
  /** Errors, warnings and hints, located, in the order of the sources. */
  readonly problems: readonly Problem[];
}
