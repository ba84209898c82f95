/**
 * What it costs to start a program in a sandbox.
 *
 * @module
 */

import { bubblewrapArguments } from "../../../core/gate/sandbox/bubblewrap.ts";
import type { Policy } from "../../../core/ports/policy.ts";
import { needsCgroup } from "../../../plugins/host/sandbox/cgroup.ts";
import { systemOf } from "../../../plugins/host/sandbox/machine.ts";
import { hostSubprocesses } from "../../../plugins/host/subprocess/mod.ts";
import { sandboxesHere } from "../../support/held.ts";
import { Arena } from "../support/arena.ts";
import { median, type Timing } from "../support/race.ts";
import type { Finding, Row, Settings } from "../support/row.ts";

/** Programs started one after the other for one sample: one alone is too short to be timed. */
const AT_ONCE = 20;

/**
 * Filter, limits, variables and a clean end, beside bubblewrap that does nothing but hold the program in. For root there
 * is a group of processes to join, for which the kernel waits until all processors have heard of it.
 */
const MAX_RATIO = needsCgroup() ? 2.6 : 1.6;

/** A program that does nothing, in a sandbox and without. */
export const sandbox: Row = {
  name: "sandbox",
  about: "a program that does nothing, started in a sandbox",
  measure: async (settings) => [await measure(settings)],
};

async function measure({ rounds }: Settings): Promise<Finding> {
  using arena = new Arena();
  const starters = startersIn(arena.place("work"));
  const samples = new Map(starters.map(({ name }): [string, number[]] => [name, []]));
  for (const { start } of starters) await timed(start);
  for (let round = 0; round < rounds; round++) {
    for (const { name, start } of starters) samples.get(name)!.push(await timed(start));
  }
  const figures = starters.map(({ name, role }): Timing => {
    const taken = samples.get(name)!.map((ms) => Math.round(ms * 10) / 10);
    return { name, role, median: median(taken), samples: taken };
  });
  return {
    row: "sandbox",
    what: "start `true` and hear of its end",
    unit: "ms",
    figures,
    budgets: { loom: { kind: "ratio", to: "bubblewrap", max: MAX_RATIO } },
    note: `each the mean of ${AT_ONCE} in a row; bubblewrap has the same arguments, and neither filter nor limits`,
  };
}

interface Starter {
  readonly name: string;
  readonly role: Timing["role"];
  /** Resolves with the exit code. */
  readonly start: () => Promise<number | undefined>;
}

function startersIn(folder: string): readonly Starter[] {
  const subprocesses = hostSubprocesses();
  const sandboxes = sandboxesHere({ subprocesses: () => subprocesses });
  const nothing = { read: [], hosts: [], variables: [] };
  const policy: Policy = {
    ...{ actor: "bench", action: "do nothing", tier: "workspace-write", write: [folder], programs: ["true"] },
    ...nothing,
  };
  const machine = { ...systemOf("linux"), kept: [], absent: [], sizes: true, tmpBytes: 1024 ** 3, cwd: folder };
  const bwrap = ["bwrap", ...bubblewrapArguments(policy, machine), "--", "true"];
  const plain = async (argv: readonly string[]) =>
    (await subprocesses.start({ argv, cwd: folder, env: {} }).exit).exitCode;
  const held = async () =>
    (await (await sandboxes.start({ argv: ["true"], cwd: folder, env: {}, policy })).exit).exitCode;
  return [
    { name: "no sandbox", role: "floor", start: () => plain(["true"]) },
    { name: "bubblewrap", role: "peer", start: () => plain(bwrap) },
    { name: "loom", role: "ours", start: held },
  ];
}

async function timed(start: Starter["start"]): Promise<number> {
  const startedMs = performance.now();
  for (let i = 0; i < AT_ONCE; i++) {
    if (await start() !== 0) throw new Error("Nothing to compare: a program that does nothing failed");
  }
  return (performance.now() - startedMs) / AT_ONCE;
}
