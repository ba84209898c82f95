import type { Context } from "../../../core/context.ts";
import type { RunEvent } from "../../../core/ports/events.ts";
import type { AttemptRecord, Store } from "../../../core/ports/store.ts";
import { logFile, logPage } from "../base/log_page.ts";
import { RunMemory } from "./run_memory.ts";

/** Where a run is read, and who hears of it. */
export interface FollowPlace {
  readonly store: Store;
  readonly project: string;
  readonly context: Pick<Context, "files">;
  readonly tell: (event: RunEvent) => void;
}

/** More than these at a time are not told: pages ask for them in pieces. */
const MOST_EVENTS = 2000;

/** Attempts, the newest, whose logs are read as they grow. */
const MOST_LOGS = 100;

/** Bytes of a log that are read at a time; of one that grows faster only the end is told. */
const PIECE = 256 * 1024;

/** A step of what output is numbered with: between the numbers of the events around it. */
const FRACTION = 1e-6;

/** A run of another program, as its store and its logs tell of it. */
export class Followed {
  readonly memory = new RunMemory();
  readonly #run: string;
  /** By log: how far it was read; `undefined`: to its end. */
  readonly #logs = new Map<string, number | undefined>();
  #seq = 0;
  #outputs = 0;

  constructor(run: string) {
    this.#run = run;
  }

  /** Tells what is new; whether there was anything but output. */
  tell(place: FollowPlace): boolean {
    const { journal } = place.store;
    const events = journal.events(this.#run, this.#seq);
    const logged = journal.attempts(this.#run).slice(-MOST_LOGS).filter(({ log }) => log !== undefined);
    const isMuch = events.length > MOST_EVENTS;
    for (const event of events) {
      // What a step wrote is told before its end is.
      if (event.type === "step_finished") this.#tellLogs(logged.filter(({ step }) => step === event.step), place);
      this.#seq = event.seq;
      this.#outputs = 0;
      this.memory.add(event);
      if (!isMuch) place.tell(event);
    }
    this.#tellLogs(logged, place);
    return events.length > 0;
  }

  #tellLogs(attempts: readonly AttemptRecord[], place: FollowPlace): void {
    for (const attempt of attempts) {
      const text = this.#newText(attempt, place);
      if (text === "") continue;
      const seq = this.#seq + ++this.#outputs * FRACTION;
      const { step, part, startedAt: at } = attempt;
      const inner = part === "" ? {} : { inner: part };
      const event = { type: "output", run: this.#run, seq, at, step, ...inner, stream: "stdout", text } as const;
      this.memory.add(event);
      place.tell(event);
    }
  }

  #newText({ log, status }: AttemptRecord, { project, context }: FollowPlace): string {
    const name = log!;
    const from = this.#logs.has(name) ? this.#logs.get(name) : 0;
    if (from === undefined) return "";
    const page = logPage(logFile(project, name, context), { offset: from, limit: PIECE });
    const isFar = page.size - page.next > PIECE;
    const { text, next } = isFar ? logPage(logFile(project, name, context), { offset: -PIECE, limit: PIECE }) : page;
    const isRead = status !== "running" && next >= page.size;
    this.#logs.set(name, isRead ? undefined : next);
    return isFar ? `…\n${text}` : text;
  }
}
