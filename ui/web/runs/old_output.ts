/**
 * What a run wrote that this page did not hear: read from the logs.
 *
 * @module
 */

import { ALL } from "../../graph/output_book.ts";
import { type LogPage, logPage, type RunRecord } from "../api/runs.ts";

/** Attempts whose ends are shown together. */
const MOST_ATTEMPTS = 60;

/** Bytes of each. */
const TOGETHER = 16 * 1024;

/** Bytes of one log that are shown at once. */
export const PIECE = 128 * 1024;

/** Which log. */
export interface LogPlace {
  readonly id: string;
  readonly path: string;
  readonly record: RunRecord;
  /** {@linkcode ALL} for all. */
  readonly step: string;
}

/** A piece of a log, or the ends of all of them, as text for a terminal. */
export async function oldOutput(place: LogPlace, offset?: number): Promise<{ text: string; page?: LogPage }> {
  const { id, path, record, step } = place;
  const logged = record.attempts.filter((it) => it.log_bytes !== undefined && (step === ALL || it.step === step));
  if (step !== ALL && logged.length === 1) {
    const { part, attempt } = logged[0];
    const page = await logPage(id, { path, step, part, attempt, offset: offset ?? -PIECE, limit: PIECE });
    return { text: page.text, page };
  }
  const shown = logged.slice(-MOST_ATTEMPTS);
  const texts = await Promise.all(shown.map(async (it) => {
    const limit = TOGETHER;
    const query = { path, step: it.step, part: it.part, attempt: it.attempt, offset: -limit, limit };
    const { text, offset, gone } = await logPage(id, query);
    return `${headingOf(it)}${offset > 0 ? "\x1b[38;5;247m…\x1b[0m\n" : ""}${
      gone ? "\x1b[38;5;247mits log was removed\x1b[0m" : text
    }`;
  }));
  const cut = logged.length > shown.length
    ? `\x1b[38;5;247m… ${logged.length - shown.length} more before these\x1b[0m\n`
    : "";
  return { text: cut + texts.map((text) => text.endsWith("\n") ? text : `${text}\n`).join("") };
}

function headingOf({ step, part, attempt, status }: RunRecord["attempts"][number]): string {
  const which = [step, part, attempt > 1 ? `try ${attempt}` : ""].filter(Boolean).join(" ");
  return `\x1b[1m── ${which}\x1b[0m \x1b[38;5;247m${status}\x1b[0m\n`;
}
