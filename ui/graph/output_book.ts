/**
 * What the steps of a run have written, for a terminal: of each step as it came, and of all together line by line. Only
 * the newest is kept; all of it is in the logs.
 *
 * @module
 */

import type { RunEvent } from "../../core/ports/events.ts";

type Output = Extract<RunEvent, { type: "output" }>;

/** Characters that are kept of one step, and of all together. */
const MOST_OF_ONE = 512 * 1024;
const MOST_OF_ALL = 1024 * 1024;

/** Steps of which something is kept; of others there are the logs. */
const MOST_STEPS = 200;

/** A line that does not end is shown in pieces of this length. */
const LONGEST_LINE = 8192;

/** Colours of a terminal that can be told apart on dark ground, for the names of steps. */
const COLORS = [39, 114, 180, 176, 215, 80, 204, 149, 111, 223];

/** Text of which the beginning is forgotten when it grows too long. */
class Tail {
  #pieces: string[] = [];
  #length = 0;
  readonly #most: number;
  isCut = false;

  constructor(most: number) {
    this.#most = most;
  }

  add(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
    if (this.#length <= this.#most * 2) return;
    const all = this.text();
    const from = all.indexOf("\n", all.length - this.#most) + 1;
    const kept = all.slice(from === 0 ? all.length - this.#most : from);
    [this.#pieces, this.#length, this.isCut] = [[kept], kept.length, true];
  }

  text(): string {
    if (this.#pieces.length > 1) this.#pieces = [this.#pieces.join("")];
    return this.#pieces[0] ?? "";
  }
}

/** The name under which all output stands together. */
export const ALL = "";

/** Takes output in, and hands out what is to be shown. */
export class OutputBook {
  readonly #all = new Tail(MOST_OF_ALL);
  readonly #steps = new Map<string, Tail>();
  readonly #lines = new Map<string, string>();
  readonly #colors = new Map<string, number>();
  /** Hears each addition, of a step or of {@linkcode ALL}. */
  onText: (name: string, text: string) => void = () => {};

  /** Steps that wrote something, in the order in which they began to. */
  get steps(): readonly string[] {
    return [...this.#steps.keys()];
  }

  add(event: Output): void {
    const { step, text } = event;
    const part = partOf(event);
    // Parts of a step write side by side: their lines are told apart.
    this.#tell(
      step,
      part === undefined ? text : this.#whole(`${step}\0${part}`, text, `\x1b[38;5;247m[${part}]\x1b[0m `),
    );
    const name = part === undefined ? step : `${step} ${part}`;
    this.#tell(ALL, this.#whole(`\0${step}\0${part}`, text, this.#prefix(step, name)));
  }

  /** A line of loom's own, among what all write. */
  say(line: string): void {
    this.#tell(ALL, `\x1b[38;5;247m${line}\x1b[0m\n`);
  }

  /** What is kept of a step or of all. */
  text(name: string): { readonly text: string; readonly isCut: boolean } {
    const tail = name === ALL ? this.#all : this.#steps.get(name);
    return { text: tail?.text() ?? "", isCut: tail?.isCut ?? false };
  }

  #tell(name: string, text: string): void {
    if (text === "") return;
    let tail = name === ALL ? this.#all : this.#steps.get(name);
    if (tail === undefined) {
      this.#steps.set(name, tail = new Tail(MOST_OF_ONE));
      for (const oldest of [...this.#steps.keys()].slice(0, -MOST_STEPS)) this.#steps.delete(oldest);
    }
    tail.add(text);
    this.onText(name, text);
  }

  /** The lines that are complete now, each behind a prefix; of a progress bar only how it looked last. */
  #whole(key: string, text: string, prefix: string): string {
    const lines = ((this.#lines.get(key) ?? "") + text).split("\n");
    const rest = lines.pop()!;
    const isLong = rest.length > LONGEST_LINE;
    this.#lines.set(key, isLong ? "" : rest);
    if (isLong) lines.push(rest);
    return lines.map((line) => `${prefix}${lastDrawn(line)}\n`).join("");
  }

  #prefix(step: string, name: string): string {
    const color = this.#colors.get(step) ?? COLORS[this.#colors.size % COLORS.length];
    this.#colors.set(step, color);
    return `\x1b[38;5;${color}m[${name}]\x1b[0m `;
  }
}

function lastDrawn(line: string): string {
  return line.replace(/\r+$/, "").replace(/^.*\r/s, "");
}

function partOf({ item, iteration, inner }: Output): string | undefined {
  if (item !== undefined) return `${item.index}/${item.total}`;
  if (inner !== undefined) return iteration === undefined ? inner : `${iteration}/${inner}`;
  return undefined;
}
