/**
 * `loom log ID [STEP]`: what the steps of a run wrote.
 *
 * @module
 */

import { LoomError } from "../../../../core/errors.ts";
import { addressOf, findPoint, type LoggedAttempt, loggedAttempts } from "../../../../core/history/mod.ts";
import type { RunRecord } from "../../../../core/ports/store.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { Terminal } from "../../base/terminal.ts";
import { palette } from "../../view/colors.ts";
import { durationText } from "../../view/duration.ts";
import { statusPaint } from "../../view/run_status.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import { type Looking, lookingAtRun } from "./results.ts";

/** What is printed, and from where. */
interface Logs {
  readonly run: RunRecord;
  readonly attempts: readonly LoggedAttempt[];
  /** The folder of the store, in which the paths of logs begin. */
  readonly folder: string;
  /** Whether the logs of the run were removed. */
  readonly areGone: boolean;
}

/** Prints the logs one after the other, each under its heading; as one document with `--json`. */
export async function logVerb({ words, flags }: ExperimentCommand<"log">, host: Host): Promise<number> {
  const [word, step] = words;
  const { id, point } = addressOf(word);
  const logs = await lookingAtRun(id, { flags, host }, ({ record }, looking) => {
    const run = looking.store.journal.getRun(record.id)!;
    return logsOf(run, { point, step }, looking);
  });
  if (flags.json) writeDocument(logs, host.terminal);
  else writeText(logs, host.terminal);
  return EXIT.done;
}

function logsOf(
  run: RunRecord,
  { point, step }: { readonly point?: string; readonly step?: string },
  { store: { journal }, project, context: { files } }: Looking,
): Logs {
  const found = point === undefined ? undefined : findPoint(point, run, journal);
  const attempts = loggedAttempts({ run, point: found, step }, journal);
  const folder = `${project}/.loom`;
  return { run, attempts, folder, areGone: files.stat(`${folder}/logs/${run.id}`) === undefined };
}

function writeText({ run, attempts, folder, areGone }: Logs, terminal: Terminal): void {
  if (attempts.length === 0) {
    const why = run.status === "running" ? "has run no step so far" : "ran no step: there was nothing to do";
    return terminal.write(`Run ${run.id} ${why}\n`);
  }
  if (areGone) throw logsGone(run);
  const paint = palette(terminal.color);
  const status = statusPaint(paint);
  for (const attempt of attempts) {
    const { name, part, attempt: number, durationMs, error } = attempt;
    const took = durationMs === undefined ? "" : `, ${durationText(durationMs)}`;
    const place = paint.strong(part === "" ? name : `${name} ${part}`);
    terminal.write(`== ${place} (try ${number}, ${status(attempt.status)}${took}) ==\n`);
    let last = "\n";
    for (const piece of piecesOf(attempt, folder)) {
      terminal.write(piece);
      if (piece !== "") last = piece.slice(-1);
    }
    if (last !== "\n") terminal.write("\n");
    if (error !== undefined) terminal.write(`${paint.bad(error)}\n`);
    if (terminal.closed.aborted) return;
  }
}

function logsGone({ id }: RunRecord): LoomError {
  return new LoomError("logs-gone", `The logs of run ${id} are no longer there`, {
    hint: `they were removed from .loom/logs; loom show ${id} tells what is kept`,
    data: { id },
  });
}

/** A log may be larger than memory: the document is written as the log is read. */
function writeDocument({ run, attempts, folder, areGone }: Logs, terminal: Terminal): void {
  const head = JSON.stringify({ run: run.id, status: run.status, logs_gone: areGone });
  terminal.write(`${head.slice(0, -1)},"logs":[`);
  for (const [at, attempt] of attempts.entries()) {
    const { startedAt, durationMs, exitCode, name, step, ...rest } = attempt;
    const facts = {
      step: name,
      ...rest,
      started_at: new Date(startedAt).toISOString(),
      duration_ms: durationMs,
      exit_code: exitCode,
    };
    // With one point the name of its steps is shorter than what they are kept under.
    const kept = name === step ? facts : { ...facts, kept_as: step };
    terminal.write(`${at === 0 ? "" : ","}${JSON.stringify(kept).slice(0, -1)},"text":"`);
    for (const piece of piecesOf(attempt, folder)) terminal.write(JSON.stringify(piece).slice(1, -1));
    terminal.write(`"}`);
    if (terminal.closed.aborted) return;
  }
  terminal.write("]}\n");
}

const PIECE_BYTES = 64 * 1024;

/** The text of a log in pieces, none where nothing was written. */
function* piecesOf({ log }: LoggedAttempt, folder: string): Generator<string> {
  using file = openIfThere(`${folder}/${log}`);
  if (file === undefined) return;
  const decoder = new TextDecoder();
  const bytes = new Uint8Array(PIECE_BYTES);
  for (;;) {
    const count = file.readSync(bytes);
    if (count === null) break;
    yield decoder.decode(bytes.subarray(0, count), { stream: true });
  }
  yield decoder.decode();
}

/** The file is made with the first byte that is written. */
function openIfThere(path: string): Deno.FsFile | undefined {
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
