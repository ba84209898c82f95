import { basename, extension, joinPath } from "../paths.ts";
import type { FileUse, Interface } from "./interface.ts";
import type { Scan } from "./scan.ts";
import { endingOf, typeByName, typeOf } from "./words.ts";

/** A script that becomes a step. */
export interface Candidate {
  readonly name: string;
  /** From the folder of the draft. */
  readonly script: string;
  readonly interface: Interface;
}

/** A data entry of the draft. */
export interface Entry {
  readonly key: string;
  readonly path: string;
  readonly type?: string;
  /** Name of the step that writes it. */
  readonly writer?: string;
  readonly note?: string;
}

/** Which entry each use of a file became, and what stands for what. */
export interface Connected {
  readonly entries: readonly Entry[];
  readonly keyOf: ReadonlyMap<FileUse, string>;
  /** Step to the steps that it reads from. */
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>;
  /** Uses that no path connects, with what they were taken for. */
  readonly guesses: ReadonlyMap<FileUse, string>;
}

/** Gives every file a data entry, so that what one script writes and another reads is the same. */
export function connect(candidates: readonly Candidate[], scan: Scan): Connected {
  const maker = new Maker(scan);
  for (const candidate of candidates) {
    for (const use of candidate.interface.outputs) maker.output(candidate, use);
  }
  for (const candidate of candidates) {
    for (const use of [...candidate.interface.inputs, ...candidate.interface.files]) maker.input(candidate, use);
  }
  return maker;
}

class Maker implements Connected {
  readonly keyOf = new Map<FileUse, string>();
  readonly reads = new Map<string, Set<string>>();
  readonly guesses = new Map<FileUse, string>();
  readonly #scan: Scan;
  readonly #entries = new Map<string, Entry>();
  /** What the flag of an output was called, to its keys. */
  readonly #byName = new Map<string, string[]>();

  constructor(scan: Scan) {
    this.#scan = scan;
  }

  get entries(): readonly Entry[] {
    return [...this.#entries.values()];
  }

  output({ name, interface: { outputs } }: Candidate, use: FileUse): void {
    const meaning = isPlainOut(use.name) ? undefined : use.name;
    const type = use.type ?? (use.preset === undefined ? typeByName(meaning ?? "") : typeOf(use.preset));
    const stem = meaning ?? name;
    const path = use.preset === undefined ? `output/${stem}${endingOf(type)}` : tidy(use.preset);
    const taken = [...this.#entries.values()].find((entry) => entry.path === path);
    const isOwn = use.preset !== undefined;
    const key = this.#newKey(isOwn ? stemOf(path) || stem : stem);
    this.#entries.set(key, {
      key,
      path: taken === undefined || isOwn ? path : `output/${name}_${stem}${endingOf(type)}`,
      type,
      writer: name,
      ...(taken !== undefined && isOwn && { note: `${taken.writer} writes the same path` }),
    });
    this.keyOf.set(use, key);
    for (const word of new Set([meaning, key, outputs.length === 1 ? name : undefined])) {
      if (word !== undefined) this.#byName.set(word, [...this.#byName.get(word) ?? [], key]);
    }
  }

  input({ name }: Candidate, use: FileUse): void {
    const known = this.#known(name, use);
    if (known === undefined) return void this.keyOf.set(use, this.#newInput(use));
    this.keyOf.set(use, known);
    const { writer } = this.#entries.get(known)!;
    if (writer !== undefined) this.reads.set(name, (this.reads.get(name) ?? new Set()).add(writer));
  }

  /** The entry that it reads: by the path that both name, else by a name that only one has. */
  #known(step: string, use: FileUse): string | undefined {
    const byPath = [...this.#entries.values()].find(({ path }) =>
      use.preset !== undefined && path === tidy(use.preset)
    );
    if (byPath !== undefined) return this.#isRing(step, byPath) ? undefined : byPath.key;
    if (use.preset !== undefined) return undefined;
    return this.#byNames(step, use) ?? this.#sameFile(use) ??
      (this.#fileFor(use) ? undefined : this.#byType(step, use));
  }

  /** By the name of a flag or a step, else by a word that both names have. */
  #byNames(step: string, use: FileUse): string | undefined {
    const named = this.#fitting(step, use, (this.#byName.get(use.name) ?? []).map((key) => this.#entries.get(key)!));
    const alike = [...this.#entries.values()].filter(({ key, writer }) =>
      writer && isAlike(use.name, `${writer}_${key}`)
    );
    const fitting = named.length > 0 ? named : this.#fitting(step, use, alike);
    return fitting.length === 1 ? this.#guess(use, fitting[0], "by its name") : undefined;
  }

  /** By its type, if one step writes that and no other. */
  #byType(step: string, use: FileUse): string | undefined {
    if (use.type === undefined) return undefined;
    const same = [...this.#entries.values()].filter(({ type, writer }) => type === use.type && writer !== undefined);
    const fitting = this.#fitting(step, use, same);
    const [only] = fitting.length === 1 ? fitting : [];
    if (only === undefined || this.reads.get(step)?.has(only.writer!)) return undefined;
    return this.#guess(use, only, `the only ${use.type} there is`);
  }

  #fitting(step: string, use: FileUse, entries: readonly Entry[]): readonly Entry[] {
    return entries.filter((entry) => fits(entry.type, use.type) && !this.#isRing(step, entry));
  }

  #guess(use: FileUse, { key, writer }: Entry, why: string): string {
    this.guesses.set(use, `what ${writer} writes, ${why}`);
    return key;
  }

  /** What another script reads under the same name. */
  #sameFile({ name, type }: FileUse): string | undefined {
    const entry = this.#entries.get(name);
    return entry?.writer === undefined && entry !== undefined && fits(entry.type, type) ? name : undefined;
  }

  #isRing(step: string, { writer }: Entry): boolean {
    if (writer === undefined) return false;
    const waiting = [writer];
    const seen = new Set(waiting);
    for (const name of waiting) {
      if (name === step) return true;
      for (const before of this.reads.get(name) ?? []) if (!seen.has(before)) waiting.push(before) && seen.add(before);
    }
    return false;
  }

  #newInput(use: FileUse): string {
    const there = use.preset === undefined ? this.#fileFor(use) : undefined;
    const path = use.preset === undefined
      ? there?.path ?? `data/${use.name}${endingOf(use.type ?? typeByName(use.name))}`
      : tidy(use.preset);
    const key = this.#newKey(use.preset === undefined ? use.name : stemOf(path) || use.name);
    const isThere = this.#scan.data.includes(path);
    const note = use.note ?? there?.note ??
      (isThere || use.preset !== undefined ? undefined : "the script names no path");
    this.#entries.set(key, { key, path, type: use.type ?? typeOf(path), ...(note && { note }) });
    return key;
  }

  /** The file of the folder that is meant, most likely. */
  #fileFor({ name, type }: FileUse): { readonly path: string; readonly note?: string } | undefined {
    const fitting = this.#scan.data.filter((path) =>
      fits(typeOf(path), type) && isFolderType(type) === !hasEnding(path)
    );
    const exact = fitting.filter((path) => stemOf(path) === name);
    if (exact.length === 1) return { path: exact[0] };
    const near = fitting.filter((path) => basename(path).toLowerCase().includes(name.toLowerCase()));
    const [only] = near.length === 1 ? near : [];
    return only === undefined ? undefined : { path: only, note: "found by its name" };
  }

  #newKey(wish: string): string {
    const base = wish.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^_+|_+$/g, "") || "data";
    let key = base;
    for (let count = 2; this.#entries.has(key); count++) key = `${base}_${count}`;
    return key;
  }
}

function isPlainOut(name: string): boolean {
  return /^(o|out|output|outfile|out_file|output_file|out_path|output_path|save|dest|csv|json|result)$/.test(name);
}

/** Whether two names share a word, or the beginning of one: `counts` and `count`, `summary` and `summarize`. */
function isAlike(a: string, b: string): boolean {
  const words = (name: string) => name.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length >= 4);
  return words(a).some((word) => words(b).some((other) => sharedStart(word, other) >= Math.min(word.length, 5)));
}

function sharedStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function fits(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function isFolderType(type: string | undefined): boolean {
  return type === "data_folder" || type === "image_directory";
}

function hasEnding(path: string): boolean {
  return extension(path) !== "";
}

function stemOf(path: string): string {
  return basename(path).replace(/\.[^.]*$/, "");
}

function tidy(path: string): string {
  return joinPath("/", path).slice(1) === "" || path.startsWith("/") || path.startsWith("..")
    ? path
    : joinPath("/", path).slice(1);
}
