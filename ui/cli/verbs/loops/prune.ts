/**
 * `loom prune`: forgets old runs and states.
 *
 * @module
 */

import { usage } from "../../../../core/errors.ts";
import { durationMs } from "../../../../core/loop/outside/mod.ts";
import type { PruneReport, Retention } from "../../../../core/ports/loop_store.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { PruneFlags } from "../../words/loop_flags.ts";
import type { LoopCommand } from "../../words/command.ts";
import { placeOf, reading, writing } from "../../base/place.ts";

const NOTHING: PruneReport = { runs: 0, states: 0, bytes: 0 };

/** Forgets, or says what would be forgotten. */
export async function pruneVerb({ flags }: LoopCommand<"prune">, host: Host): Promise<number> {
  const retention = retentionOf(flags);
  const { dryRun = false } = flags;
  const place = await placeOf(flags, host);
  const isThere = await reading(place, host, () => Promise.resolve(true));
  const how = { dryRun, now: place.context.clock.now() };
  const report = isThere
    ? await writing(place, host, (store) => Promise.resolve(store.prune(retention, how)))
    : NOTHING;
  const { runs, states, bytes } = report;
  const verb = dryRun ? "Would forget" : "Forgot";
  const text = `${verb} ${counted(runs, "run")} and ${counted(states, "state")}, ${bytesText(bytes)}`;
  host.terminal.write(`${flags.json ? JSON.stringify({ dry_run: dryRun, runs, states, bytes }) : text}\n`);
  return EXIT.done;
}

function retentionOf({ maxAge, maxRuns, keepStates }: PruneFlags): Retention {
  if (maxAge === undefined && maxRuns === undefined && keepStates === undefined) {
    throw usage("Nothing says what may go", "add --max-age 30d, --max-runs N or --keep-states best+last");
  }
  const maxAgeMs = maxAge === undefined ? undefined : durationMs(maxAge);
  if (maxAge !== undefined && maxAgeMs === undefined) {
    throw usage(`Option --max-age cannot be '${maxAge}'`, "a number and a unit: 30d, 12h, 90m");
  }
  return { maxAgeMs, maxRuns, keepStates: keepStates === undefined ? undefined : statesOf(keepStates) };
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

function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
