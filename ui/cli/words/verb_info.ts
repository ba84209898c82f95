/**
 * What the tables say of a verb and of its options.
 *
 * @module
 */

/** An option as the table of flags has it. */
export interface FlagInfo {
  readonly kind: string;
  readonly brief: string;
  readonly placeholder?: string;
  readonly variadic?: boolean | string;
}

/** One verb. */
export interface VerbInfo {
  readonly brief: string;
  /** What follows `loom`. */
  readonly usage: string;
  /** Words after the verb, in order. */
  readonly positionals: readonly { readonly name: string; readonly brief: string; readonly optional?: boolean }[];
  readonly flags: Readonly<Record<string, FlagInfo>>;
  readonly aliases?: Readonly<Record<string, string>>;
  /** Headings of the help page, each with the options below it. */
  readonly sections: readonly (readonly [heading: string, flags: readonly string[]])[];
  readonly examples: readonly (readonly [command: string, meaning: string])[];
}
