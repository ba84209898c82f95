/**
 * A draft as the text of a file.
 *
 * @module
 */

import { scalarToText } from "../edit/text/scalar_text.ts";
import type { Value } from "../yaml/value.ts";
import type { Candidate, Connected, Entry } from "./connect.ts";
import type { FileUse, Setting } from "./interface.ts";
import { parameterName } from "./words.ts";

/** The text, and everything in it that is to be chosen. */
export interface DraftText {
  readonly text: string;
  readonly choices: readonly string[];
}

/** Writes a draft, as people would: small maps in one line, what could not be told in a comment behind it. */
export function draftText(
  steps: readonly Candidate[],
  connected: Connected,
  shared: ReadonlyMap<string, Value>,
): DraftText {
  const writer = new Writer(connected, shared);
  return { text: writer.all(steps), choices: writer.choices };
}

class Writer {
  readonly choices: string[] = [];
  readonly #connected: Connected;
  readonly #shared: ReadonlyMap<string, Value>;

  constructor(connected: Connected, shared: ReadonlyMap<string, Value>) {
    [this.#connected, this.#shared] = [connected, shared];
  }

  all(steps: readonly Candidate[]): string {
    const { entries } = this.#connected;
    const parameters = Array.from(this.#shared, ([flag, value]) => `  ${key(parameterName(flag))}: ${scalar(value)}`);
    const parts = [
      ["# Drafted from the scripts by 'loom init'. What could not be told from them is marked 'choose'."],
      ...(entries.length === 0 ? [] : [["data:", ...entries.map((entry) => this.#entry(entry))]]),
      ...(parameters.length === 0 ? [] : [["parameters:", ...parameters]]),
      [steps.length === 0 ? "pipeline: []" : "pipeline:", ...this.#steps(steps)],
    ];
    return `${parts.map((lines) => lines.join("\n")).join("\n\n").replace("'choose'.\n\n", "'choose'.\n")}\n`;
  }

  #entry({ key: name, type, path, note }: Entry): string {
    const type_ = type === undefined ? [] : [`type: ${scalar(type)}`];
    const line = `  ${key(name)}: { ${[...type_, `path: ${scalar(path)}`].join(", ")} }`;
    return note === undefined ? line : `${line} # ${this.#choose(`${name} (${path})`, note)}`;
  }

  #steps(steps: readonly Candidate[]): readonly string[] {
    return steps.flatMap((step, at) => [...(at === 0 ? [] : [""]), ...this.#step(step)]);
  }

  #step({ name, script, interface: { inputs, outputs, files, settings, notes } }: Candidate): readonly string[] {
    const read = this.#map("inputs", inputs.map((use) => [use.name, this.#reference(use)]));
    const written = this.#map("outputs", outputs.map((use) => [use.flag!, this.#reference(use)]));
    const args = this.#map("args", [
      ...files.map((use) => [use.flag!, this.#reference(use)] as const),
      ...settings.map((setting) => [setting.flag, this.#value(setting)] as const),
    ]);
    const guesses = [...inputs, ...files].flatMap((use) => {
      const guess = this.#connected.guesses.get(use);
      return guess === undefined ? [] : [this.#choose(name, `${use.name} is taken for ${guess}`)];
    });
    const chosen = settings.flatMap(({ note }) => note === undefined ? [] : [this.#choose(name, note)]);
    return [
      `  - name: ${scalar(name)}`,
      `    task: ${scalar(script)}`,
      ...read,
      ...written,
      ...args,
      ...guesses.map((words) => `    # ${words}`),
      ...chosen.map((words) => `    # ${words}`),
      ...notes.map((note) => `    # ${oneLine(note)}`),
    ];
  }

  #reference(use: FileUse): string {
    return `$${this.#connected.keyOf.get(use)!}`;
  }

  #value({ flag, value }: Setting): string {
    return this.#shared.has(flag) ? `$${parameterName(flag)}` : scalar(value);
  }

  /** In one line where that is short enough to read. */
  #map(name: string, pairs: readonly (readonly [string, string])[]): readonly string[] {
    if (pairs.length === 0) return [];
    const inside = pairs.map(([flag, text]) => `${key(flag)}: ${text}`);
    const line = `    ${name}: { ${inside.join(", ")} }`;
    return line.length <= 110 ? [line] : [`    ${name}:`, ...inside.map((pair) => `      ${pair}`)];
  }

  #choose(what: string, note: string): string {
    this.choices.push(oneLine(`${what}: ${note}`));
    return `choose: ${oneLine(note)}`;
  }
}

function scalar(value: Value): string {
  return scalarToText(value, { isFlow: true });
}

function key(text: string): string {
  return scalarToText(text, { isFlow: true });
}

/** A comment ends with its line. */
function oneLine(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, " ").trim();
}
