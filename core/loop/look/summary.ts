/**
 * What is said of a run besides its steps: where it comes from, what it has used up, what to do next.
 *
 * @module
 */

import type { LoopRow } from "../../ports/loop_store.ts";
import { usdText } from "../base/money.ts";
import { isLeft, type RunLook } from "./run_look.ts";

/** Lines under the heading. */
export function originLines({ run, holder }: RunLook): readonly string[] {
  const { name, version, reason, parent, forkedFrom, imported } = run;
  const facts = [
    `Loop: ${name}${version === undefined ? "" : ` ${version}`}`,
    ...(reason === "" ? [] : [`Reason: ${reason}`]),
    ...(parent === undefined ? [] : [`Inside: ${parent.run} step ${parent.step}`]),
    ...(forkedFrom === undefined ? [] : [`Forked: ${forkedFrom.run} step ${forkedFrom.step}`]),
    ...(imported ? ["Imported"] : []),
    ...(holder === undefined ? [] : [`Driven by: process ${holder.holder.pid} on ${holder.holder.host}`]),
  ];
  return [facts.join("  ")];
}

/** One limit: what is used of it, as text. */
interface Meter {
  readonly used: string;
  readonly limit?: string;
  readonly left?: string;
  /** With a blank before it. */
  readonly unit: string;
}

/** What was used and what remains; what is unknown counts as used. */
export function budgetLines(run: LoopRow): readonly string[] {
  const [limited, free] = [metersOf(run).filter(isLimited), metersOf(run).filter((meter) => !isLimited(meter))];
  const limits = limited.map(({ used, limit, left, unit }) => `${used} of ${limit}${unit} used, ${left} left`);
  const { unknownNano, unknownTokens, inheritedNano, best } = run;
  return [
    ...(limits.length === 0 ? [] : [`Budget: ${limits.join("; ")}`]),
    ...(free.length === 0 ? [] : [`Used: ${free.map(({ used, unit }) => used + unit).join(", ")}`]),
    ...(unknownNano + unknownTokens === 0 ? [] : [`Unknown: ${unknownText(run)} of lost attempts, counted as used`]),
    ...(inheritedNano === 0 ? [] : [`Spent before the fork: ${usdText(inheritedNano)}`]),
    ...(best === undefined ? [] : [`Best: step ${best.step} with ${best.score.toFixed(4)}`]),
  ];
}

function isLimited({ limit }: Meter): boolean {
  return limit !== undefined;
}

function metersOf(run: LoopRow): readonly Meter[] {
  const { limits, spentTokens, unknownTokens, reservedTokens, iterations, activeMs } = run;
  const nano = run.spentNano + run.unknownNano + run.reservedNano;
  const tokens = spentTokens + unknownTokens + reservedTokens;
  const all = [
    meter(nano, limits.nano, usdText, ""),
    meter(iterations, limits.iterations, String, " iterations"),
    ...(tokens > 0 || limits.tokens !== undefined ? [meter(tokens, limits.tokens, String, " tokens")] : []),
  ];
  return limits.wallClockMs === undefined ? all : [...all, meter(activeMs, limits.wallClockMs, secondsText, " s")];
}

function meter(used: number, limit: number | undefined, text: (count: number) => string, unit: string): Meter {
  if (limit === undefined) return { used: text(used), unit };
  return { used: text(used), limit: text(limit), left: text(Math.max(0, limit - used)), unit };
}

function secondsText(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function unknownText({ unknownNano, unknownTokens }: LoopRow): string {
  const money = unknownNano > 0 ? [usdText(unknownNano)] : [];
  return [...money, ...(unknownTokens > 0 ? [`${unknownTokens} tokens`] : [])].join(", ");
}

/** What stands in the way, and what to type about it. */
export function adviceLines(look: RunLook): readonly string[] {
  const { run } = look;
  const error = run.error === undefined ? [] : [`Error: ${run.error}`];
  const crash = isLeft(look) ? ["Its process is gone: it ended before the run did"] : [];
  return [...error, ...crash, ...questionLines(look), ...nextLines(look)];
}

function questionLines({ run, questions, children }: RunLook): readonly string[] {
  const open = questions.filter(({ answer }) => answer === undefined);
  const own = open.map(({ key, request }) => `Waiting for '${key}': ${request}; loom answer ${run.id} ${key}=JSON`);
  return run.status === "paused" ? [...own, ...children.flatMap(questionLines)] : [];
}

/** What grants more of what ran out. */
const MORE: Readonly<Record<string, string>> = {
  "budget:usd": " --add-usd X",
  "budget:iterations": " --add-iterations N",
  "budget:tokens": " --add-tokens N",
  "budget:wall_clock": " --add-time 10m",
};

function nextLines(look: RunLook): readonly string[] {
  const { id, status, parent } = look.run;
  if (parent !== undefined || status === "completed" || status === "cancelled" || look.holder !== undefined) return [];
  const more = status === "budget_exhausted" ? MORE[look.run.reason] ?? "" : "";
  return [`Go on: loom resume ${id}${more} --module FILE`];
}

/** Share of the budget that is used, of the limit that is nearest, in percent; `undefined` without limits. */
export function usedPercent(run: LoopRow): number | undefined {
  const { limits, spentNano, unknownNano, reservedNano, spentTokens, unknownTokens, iterations, activeMs } = run;
  const shares = [
    share(spentNano + unknownNano + reservedNano, limits.nano),
    share(spentTokens + unknownTokens, limits.tokens),
    share(iterations, limits.iterations),
    share(activeMs, limits.wallClockMs),
  ].filter((it) => it !== undefined);
  return shares.length === 0 ? undefined : Math.max(...shares);
}

function share(used: number, limit: number | undefined): number | undefined {
  if (limit === undefined) return undefined;
  return limit === 0 ? 100 : Math.round(used / limit * 100);
}
