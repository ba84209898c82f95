import type { EventSink } from "../../../core/ports/events.ts";

/** Shows a run. */
export interface View {
  readonly sink: EventSink;
  /** Tells a person something that is no event of the run; whole lines. */
  note(text: string): void;
  /** Leaves the terminal as it was; called once, however the run ends. */
  end(): void;
}
