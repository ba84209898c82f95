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

/** A line that is not ended yet, such as a progress bar: drawn in one row, and taken away again. */
const UNENDED = { open: "\x1b[?7l", close: "\x1b[0m\x1b[?7h", erase: "\r\x1b[2K" } as const;

/** Takes output in, and hands out what is to be shown. */
export class OutputBook {
  #all = new Tail(MOST_OF_ALL);
  readonly #steps = new Map<string, Tail>();
  readonly #lines = new Map<string, string>();
  /** Of all together: the newest line that is not ended, as it is drawn below the others, and whose it is. */
  #unended = { of: "", text: "" };
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
      part === undefined ? text : this.#whole(`${step}\0${part}`, text, partPrefix(part)),
    );
    const name = part === undefined ? step : `${step} ${part}`;
    const [key, prefix] = [`\0${step}\0${part ?? ""}`, this.#prefix(step, name)];
    const ended = this.#whole(key, text, prefix);
    const rest = lastDrawn(this.#lines.get(key)!);
    if (rest !== "") this.#together(ended, { of: key, text: `${UNENDED.open}${prefix}${rest}${UNENDED.close}` });
    else this.#together(ended, this.#unended.of === key ? { of: "", text: "" } : this.#unended);
  }

  /** A line of loom's own, among what all write. */
  say(line: string): void {
    this.#together(`\x1b[38;5;247m${line}\x1b[0m\n`, this.#unended);
  }

  /** A step writes no more: lines that it did not end are ended. */
  finish(step: string): void {
    for (const [key, rest] of [...this.#lines]) {
      const [first, second, third] = key.split("\0");
      if ((first === "" ? second : first) !== step) continue;
      this.#lines.delete(key);
      const line = `${lastDrawn(rest)}\n`;
      if (rest === "") continue;
      if (first !== "") this.#tell(step, `${partPrefix(second)}${line}`);
      else this.#together(this.#prefix(step, third === "" ? step : `${step} ${third}`) + line, { of: "", text: "" });
    }
  }

  /** Forgets what is kept of a step or of all; what comes next is kept again. */
  clear(name: string): void {
    if (name === ALL) [this.#all, this.#unended] = [new Tail(MOST_OF_ALL), { of: "", text: "" }];
    else if (this.#steps.has(name)) this.#steps.set(name, new Tail(MOST_OF_ONE));
  }

  /** What is kept of a step or of all. */
  text(name: string): { readonly text: string; readonly isCut: boolean } {
    const tail = name === ALL ? this.#all : this.#steps.get(name);
    return { text: (tail?.text() ?? "") + (name === ALL ? this.#unended.text : ""), isCut: tail?.isCut ?? false };
  }

  /** Lines among those of all, and what is drawn below them until it is ended. */
  #together(ended: string, unended: { readonly of: string; readonly text: string }): void {
    const erased = this.#unended.text === "" ? "" : UNENDED.erase;
    this.#unended = unended;
    this.#all.add(ended);
    const text = erased + ended + unended.text;
    if (text !== "") this.onText(ALL, text);
  }

  #tell(name: string, text: string): void {
    if (text === "") return;
    let tail = this.#steps.get(name);
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

/** A line as it looked last. What moves the cursor would draw over lines of others. */
function lastDrawn(line: string): string {
  // deno-lint-ignore no-control-regex
  return line.replace(/\r+$/, "").replace(/^.*\r/s, "").replace(/\x1b\[[0-9;?]*[A-Za-ln-z]/g, "");
}

function partPrefix(part: string): string {
  return `\x1b[38;5;247m[${part}]\x1b[0m `;
}

function partOf({ item, iteration, inner }: Output): string | undefined {
  if (item !== undefined) return `${item.index}/${item.total}`;
  if (inner !== undefined) return iteration === undefined ? inner : `${iteration}/${inner}`;
  return undefined;
}
