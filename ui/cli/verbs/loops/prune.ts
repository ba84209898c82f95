/**
 * `loom prune`: forgets old runs, their logs and states.
 *
 * @module
 */

import { usage } from "../../../../core/errors.ts";
import type { HistoryReport, HistoryRetention } from "../../../../core/history/prune.ts";
import { durationMs } from "../../../../core/loop/outside/mod.ts";
import type { PruneReport, Retention } from "../../../../core/ports/loop_store.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { bytesText } from "../../view/bytes.ts";
import type { PruneFlags } from "../../words/loop_flags.ts";
import type { LoopCommand } from "../../words/command.ts";
import { type Place, placeOf, reading, writing } from "../../base/place.ts";
import { parseSize } from "./size.ts";

const NOTHING: PruneReport = { runs: 0, states: 0, bytes: 0 };
const NO_HISTORY: HistoryReport = { runs: 0, bytes: 0, remainingBytes: 0 };

/** What is to go, of both kinds. */
interface Asked {
  readonly loops: Retention;
  readonly pipelines: HistoryRetention;
  readonly dryRun: boolean;
}

/** Forgets, or says what would be forgotten. */
export async function pruneVerb({ flags }: LoopCommand<"prune">, host: Host): Promise<number> {
  const asked = askedBy(flags);
  const { dryRun } = asked;
  const place = await placeOf(flags, host);
  const isThere = await reading(place, host, () => Promise.resolve(true));
  const how = { dryRun, now: place.context.clock.now() };
  const loops = isThere
    ? await writing(place, host, (store) => Promise.resolve(store.prune(asked.loops, how)))
    : NOTHING;
  const pipelines = isThere ? await prunePipelines(asked, place) : NO_HISTORY;
  const report = { runs: loops.runs + pipelines.runs, states: loops.states, bytes: loops.bytes + pipelines.bytes };
  const { runs, states, bytes } = report;
  const verb = dryRun ? "Would forget" : "Forgot";
  const text = `${verb} ${counted(runs, "run")} and ${counted(states, "state")}, ${bytesText(bytes)}`;
  host.terminal.write(`${flags.json ? JSON.stringify({ dry_run: dryRun, ...report }) : text}\n`);
  tellWhatStays(asked, pipelines, host);
  return EXIT.done;
}

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function history(): Promise<typeof import("../../../../core/history/mod.ts")> {
  return import(isReached ? "../../../../core/history/mod.ts" : "../../../../core/history/mod.ts");
}

async function prunePipelines({ pipelines, dryRun }: Asked, { project, context }: Place): Promise<HistoryReport> {
  if (project === undefined || Object.values(pipelines).every((it) => it === undefined)) return NO_HISTORY;
  const { pruneHistory } = await history();
  const { stores, files, clock } = context;
  const store = stores.open(project, () => {});
  try {
    return pruneHistory(store, pipelines, { files, folder: `${project}/.loom`, now: clock.now(), dryRun });
  } finally {
    store.close();
  }
}

function tellWhatStays({ pipelines: { maxBytes } }: Asked, { remainingBytes }: HistoryReport, { terminal }: Host) {
  if (maxBytes === undefined || remainingBytes <= maxBytes) return;
  const why = "runs that are under way, or that made what is fresh, stay";
  terminal.writeError(`warning: ${bytesText(remainingBytes)} are left: ${why}\n`);
}

function askedBy({ maxAge, maxRuns, maxSize, keepStates, dryRun = false }: PruneFlags): Asked {
  if ([maxAge, maxRuns, maxSize, keepStates].every((it) => it === undefined)) {
    throw usage(
      "Nothing says what may go",
      "add --max-age 30d, --max-runs N, --max-size 500M or --keep-states best+last",
    );
  }
  const maxAgeMs = maxAge === undefined ? undefined : durationMs(maxAge);
  if (maxAge !== undefined && maxAgeMs === undefined) {
    throw usage(`Option --max-age cannot be '${maxAge}'`, "a number and a unit: 30d, 12h, 90m");
  }
  const maxBytes = maxSize === undefined ? undefined : parseSize(maxSize);
  if (maxSize !== undefined && maxBytes === undefined) {
    throw usage(`Option --max-size cannot be '${maxSize}'`, "a number and a unit: 500M, 2G, 800K");
  }
  const loops = { maxAgeMs, maxRuns, keepStates: keepStates === undefined ? undefined : statesOf(keepStates) };
  return { loops, pipelines: { maxAgeMs, maxRuns, maxBytes }, dryRun };
}

function statesOf(text: string): Retention["keepStates"] {
  if (text === "all" || text === "best+last") return text;
  const every = Number(/^every:([1-9]\d*)$/.exec(text)?.[1]);
  if (Number.isNaN(every)) throw usage(`Option --keep-states cannot be '${text}'`, "best+last, every:10 or all");
  return { every };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
