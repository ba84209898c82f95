import type { RunEvent } from "../../../core/ports/events.ts";

/** What a step wrote. */
export type Output = Extract<RunEvent, { type: "output" }>;

/** Output is told in pieces of this age, so that a million lines are no million messages. */
const JOIN_MS = 16;

const MOST_TEXT = 64 * 1024;

/**
 * Puts the output of each step together while it comes fast; the first of it is told at once. All else is told at once,
 * after what waits.
 */
export class Joined {
  readonly #tell: (event: RunEvent) => void;
  #waiting = new Map<string, Output>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (event: RunEvent) => void) {
    this.#tell = tell;
  }

  tell(event: RunEvent): void {
    if (event.type !== "output") {
      this.#flush();
      return this.#tell(event);
    }
    if (this.#timer === undefined) {
      this.#wait();
      return this.#tell(event);
    }
    const place = placeOf(event);
    const before = this.#waiting.get(place);
    if (before !== undefined && (before.stream !== event.stream || before.text.length > MOST_TEXT)) this.#flush();
    const waiting = this.#waiting.get(place);
    this.#waiting.set(place, waiting === undefined ? event : { ...event, text: waiting.text + event.text });
  }

  /** Nothing more comes: what waits is told. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flush();
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting.size === 0) return;
      this.#wait();
      this.#flush();
    }, JOIN_MS);
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    for (const event of waiting.values()) this.#tell(event);
  }
}

function placeOf({ step, item, iteration, inner }: Output): string {
  return [step, item?.index, iteration, inner].join("\0");
}
