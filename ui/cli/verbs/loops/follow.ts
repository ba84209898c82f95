/**
 * Showing a run while another process drives it.
 *
 * @module
 */

import { eventDocument, linesOf, lookAt, type RunLook } from "../../../../core/loop/look/mod.ts";
import type { Host } from "../../base/host.ts";
import type { Palette } from "../../view/colors.ts";
import { tableLine } from "../../view/step_table.ts";
import { withLiveHolder } from "./live.ts";
import { type Place, reading } from "../../base/place.ts";

/** How often the store is asked. */
const POLL_MS = 150;

/** Who follows what. */
export interface Following {
  readonly id: string;
  readonly place: Place;
  readonly host: Host;
  readonly paint: Palette;
  /** Events as JSON, one a line, instead of the table. */
  readonly json?: boolean;
  /** The first step that is shown, and what was spent before it. */
  readonly from?: { readonly step: number; readonly nano: number; readonly seq: number };
}

/** What was shown already. */
interface Shown {
  step: number;
  nano: number;
  seq: number;
  breakers: RunLook["breakers"];
}

/**
 * Shows what happens until the run ends, or nobody drives it any more.
 *
 * @param over Aborts when the run is known to be over: what is new is shown once more, then it ends.
 */
export async function follow(following: Following, over?: AbortSignal): Promise<RunLook | undefined> {
  const { place: { context: { clock } }, host: { terminal }, from = { step: 0, nano: 0, seq: 0 } } = following;
  const shown: Shown = { ...from, breakers: [] };
  for (;;) {
    const isLast = over?.aborted ?? false;
    const look = await reading(following.place, following.host, async ({ loops }) => {
      if (await loops.getRun(following.id) === undefined) return undefined;
      if (following.json) await showEvents(following, shown);
      return await showSteps(following, shown, isLast);
    });
    const isEnded = over === undefined && look !== undefined && look.holder === undefined;
    if (isLast || isEnded || terminal.closed.aborted) return look;
    // Woken early, what is new is shown once more.
    await clock.sleep(POLL_MS, over).catch(ignoreAbort);
  }
}

function ignoreAbort(reason: unknown): void {
  if (!(reason instanceof DOMException)) throw reason;
}

async function showEvents({ id, place, host }: Following, shown: Shown): Promise<void> {
  await reading(place, host, async ({ loops }) => {
    for (const event of await loops.events(id, shown.seq)) {
      host.terminal.write(`${JSON.stringify({ run: id, ...eventDocument(event) })}\n`);
      shown.seq = event.seq;
    }
  });
}

/** Shows steps that are new, and tries that left none once a later step or the end has settled what became of them. */
async function showSteps(following: Following, shown: Shown, isLast: boolean): Promise<RunLook | undefined> {
  const { id, place, host, paint, json } = following;
  return await reading(place, host, async ({ loops }) => {
    const range = { fromStep: shown.step, afterSeq: json ? undefined : shown.seq };
    const look = withLiveHolder(await lookAt(loops, id, range), place.context);
    if (json) return look;
    const breakers = [...shown.breakers, ...look.breakers];
    const isOver = isLast || look.holder === undefined;
    const settled = look.steps.at(-1)?.step ?? -1;
    const unsettled = look.unsettled.filter(({ step, status }) => isOver ? status !== "in_flight" : step <= settled);
    const lines = linesOf({ ...look, unsettled, breakers }, { sinceNano: shown.nano });
    host.terminal.write(lines.map((line) => `${tableLine(line, paint)}\n`).join(""));
    const last = lines.findLast((line) => line.depth === 0);
    if (last?.kind === "step" || last?.kind === "try") [shown.step, shown.nano] = [last.step + 1, last.cumulNano];
    shown.seq = look.run.lastSeq;
    shown.breakers = breakers.filter(({ step }) => step >= shown.step);
    return look;
  });
}
