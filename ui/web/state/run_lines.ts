import type { RunEvent } from "../../../core/ports/events.ts";
import type { OutputBook } from "../../graph/output_book.ts";
import { skippedText } from "../../graph/run_steps.ts";
import type { Output } from "../api/runs.ts";

/** Events and output in the order in which they were told. */
export function merged(events: readonly RunEvent[], outputs: readonly Output[]): readonly RunEvent[] {
  return [...events, ...outputs].sort((a, b) => a.seq - b.seq);
}

/** What loom itself says among the output. */
export function tellLine(book: OutputBook, event: RunEvent): void {
  switch (event.type) {
    case "step_started":
      return book.say(event.attempt > 1 ? `▶ ${event.step}, try ${event.attempt}` : `▶ ${event.step}`);
    case "step_finished":
      book.finish(event.step);
      return book.say(`${event.status === "done" ? "✓" : "✕"} ${event.step}: ${event.error ?? ending(event)}`);
    case "notice":
      return book.say(`${event.level}: ${event.message}`);
    case "run_finished":
      return book.say(`Completed: ${event.succeeded}/${event.total} steps succeeded${skippedText(event.skipped)}`);
  }
}

function ending({ status, exitCode, signal }: Extract<RunEvent, { type: "step_finished" }>): string {
  if (signal !== undefined) return `${status}, ${signal}`;
  return exitCode === undefined || exitCode === 0 ? status : `${status}, exit code ${exitCode}`;
}
