import type { RunEvent } from "../../../core/ports/events.ts";
import type { Output } from "./joined.ts";

/** Events that are remembered of a run that goes on; older ones are in the store by then. */
const MOST_EVENTS = 20_000;

/** Text that is remembered of what it writes; the rest is in its logs. */
const MOST_TEXT = 1024 * 1024;

/** What a run has told so far, for a page that comes late. */
export class RunMemory {
  #events: RunEvent[] = [];
  #outputs: Output[] = [];
  #text = 0;
  #isCut = false;

  add(event: RunEvent): void {
    if (event.type === "output") return this.#addOutput(event);
    if (event.type === "progress") return;
    this.#events.push(event);
    if (this.#events.length > MOST_EVENTS * 2) this.#events = this.#events.slice(-MOST_EVENTS);
  }

  /** Those after a number. */
  events(after: number): readonly RunEvent[] {
    return this.#events.filter(({ seq }) => seq > after);
  }

  /** The newest output, in order; `isCut` if there was more. */
  output(): { readonly outputs: readonly Output[]; readonly isCut: boolean } {
    return { outputs: this.#outputs, isCut: this.#isCut };
  }

  #addOutput(event: Output): void {
    this.#outputs.push(event);
    this.#text += event.text.length;
    let first = 0;
    while (this.#text > MOST_TEXT && first < this.#outputs.length - 1) this.#text -= this.#outputs[first++].text.length;
    if (first === 0) return;
    this.#outputs = this.#outputs.slice(first);
    this.#isCut = true;
  }
}
