/**
 * A pipeline as it is inside another: other names, and paths from another folder.
 *
 * @module
 */

import type { IncludeBindings } from "./bindings.ts";
import type { Joining } from "./join.ts";
import { inFolder, piecesOf, renamedText } from "../interpolation.ts";
import { mapTexts, REFERENCE_ROLES, type TextPlace } from "../map_texts.ts";
import { isAbsolute, isUrl, pathStyle, relativePath } from "../../paths.ts";
import type { DataEntry, Pipeline, Step } from "../pipeline.ts";
import { inFile } from "../place_in_file.ts";
import { referenceName } from "../resolve.ts";

const PATH_ROLES: ReadonlySet<TextPlace["role"]> = new Set(["place", "script", "data", "path"]);

/** The included pipeline with the names and paths that it has in the including one. */
export function renamed({ outer, inner, include: { prefix } }: Joining, bindings: IncludeBindings): Pipeline {
  const home = new Home(outer, inner, { prefix, names: bindings.names });
  const texts = mapTexts(inner, (text, place) => home.text(text, place));
  const named = ([name]: readonly [string, unknown]) => !bindings.names.has(name);
  const data = new Map([...texts.data].filter(named).map(([key, entry]) => [home.own(key), home.entry(entry)]));
  for (const [key, path] of bindings.data) {
    const own = home.own(key);
    data.set(own, { ...(data.get(own) ?? { key: own, allowOutside: false, at: [] }), path });
  }
  const given = [...texts.parameters, ...bindings.parameters].filter(named);
  return {
    ...texts,
    data,
    parameters: new Map(given.map(([name, value]) => [home.own(name), value])),
    steps: texts.steps.map((step) => home.step(step)),
    groups: [...new Set(texts.steps.map((step) => home.groupOf(step)).filter((name) => name !== undefined))],
    included: [
      ...(inner.included ?? []).map((file) => ({
        ...file,
        prefix: home.own(file.prefix),
        parameters: new Map([...file.parameters].map(([own, here]) => [own, home.name(here)])),
      })),
      { file: inner.file, prefix, parameters: home.parameters(bindings) },
    ],
  };
}

/** The included file as seen from the including one. */
class Home {
  readonly #inner: Pipeline;
  readonly #prefix: string;
  readonly #names: ReadonlyMap<string, string>;
  /** Its folder from that of the including file. */
  readonly #folder: string;
  readonly #file: string;

  constructor(
    outer: Pipeline,
    inner: Pipeline,
    { prefix, names }: { readonly prefix: string; readonly names: ReadonlyMap<string, string> },
  ) {
    this.#inner = inner;
    this.#prefix = prefix;
    this.#names = names;
    this.#folder = relativePath(inner.baseDir, outer.baseDir);
    this.#file = inner.file;
  }

  /** A name with the prefix before it. */
  own(name: string): string {
    return this.#prefix === "" || name === "" ? name || this.#prefix : `${this.#prefix}/${name}`;
  }

  /** What a name of the included file is in the including one. */
  name(name: string): string {
    if (name === "loop_item" || name === "loop_output" || name.startsWith("sweep.")) return name;
    return this.#names.get(name) ?? this.own(name);
  }

  /** Its own names of parameters, and what they are in the including file. */
  parameters({ names, parameters }: IncludeBindings): ReadonlyMap<string, string> {
    const own = [...this.#inner.parameters.keys(), ...parameters.keys(), ...names.keys()];
    const isParameter = (name: string) => this.#inner.parameters.has(name) || !this.#inner.data.has(name);
    return new Map(own.filter(isParameter).map((name) => [name, this.name(name)]));
  }

  text(text: string, place: TextPlace): string {
    const { role, bound } = place;
    // Values of an iteration come first in args; elsewhere only where nothing else has the name.
    const isBound = (name: string) => bound.has(name) && (role === "value" || !this.#isNamed(name));
    const rename = (name: string) => isBound(name) ? name : this.name(name);
    const made = renamedText(text, rename, { isReference: REFERENCE_ROLES.has(role) });
    return PATH_ROLES.has(role) && place.isNested !== true ? this.#moved(text, made, place) : made;
  }

  // A path from the included file's folder, seen from the including one's; data has been moved itself.
  #moved(text: string, made: string, { role }: TextPlace): string {
    if (this.#folder === "." || text === "" || isUrl(text) || isAbsolute(text, pathStyle(this.#inner.baseDir))) {
      return made;
    }
    const reference = REFERENCE_ROLES.has(role) ? referenceName(text) : undefined;
    if (reference !== undefined) {
      const isValue = this.#inner.parameters.has(reference) && !this.#inner.data.has(reference);
      return isValue ? inFolder(`\${${made.slice(1)}}`, this.#folder) : made;
    }
    if (!text.includes("${")) return `${this.#folder}/${made}`;
    const [first] = piecesOf(text);
    return first.kind === "name" && this.#isPath(first.name) ? made : inFolder(made, this.#folder);
  }

  #isNamed(name: string): boolean {
    return this.#inner.data.has(name) || this.#inner.parameters.has(name);
  }

  #isPath(name: string): boolean {
    return this.#inner.data.has(name) || name.startsWith("loop_");
  }

  entry(entry: DataEntry): DataEntry {
    return {
      ...entry,
      key: this.own(entry.key),
      nestedIn: entry.nestedIn && this.name(entry.nestedIn),
      at: inFile(this.#file, entry.at),
    };
  }

  groupOf({ group }: Step): string | undefined {
    return group === undefined ? this.#prefix || undefined : this.own(group);
  }

  step(step: Step): Step {
    const moved = { name: this.own(step.name), group: this.groupOf(step), at: inFile(this.#file, step.at) };
    if (step.kind !== "repeated") return { ...step, ...moved };
    const inside = step.steps.map((inner) => ({
      ...inner,
      group: moved.group,
      at: inFile(this.#file, inner.at),
    }));
    return { ...step, ...moved, group: this.own(step.name), steps: inside };
  }
}
