/**
 * Loops of ours in a process of their own, where memory or the state of a new process is what is measured.
 *
 * ```sh
 * deno run -A child.ts '{"kind":"growth","state":"state.json","file":"loops.db","steps":20000,"early":200,"window":200}'
 * ```
 *
 * Prints one JSON object.
 *
 * @module
 */

import { inRepository } from "../../../../_tools/_run.ts";
import { loop } from "../../../../mod.ts";
import type { LoopSpec } from "../../../../mod.ts";
import { median } from "../../support/race.ts";
import type { Figures } from "./contest.ts";
import { specOf } from "./ours.ts";
import type { Doc } from "./states.ts";

/** What a child does; paths are absolute. */
export type ChildTask =
  | {
    readonly kind: "growth";
    readonly file: string;
    /** Steps whose neighbours to come are compared. */
    readonly early: number;
    readonly steps: number;
    readonly window: number;
  }
  | { readonly kind: "fill"; readonly file: string; readonly steps: number }
  | { readonly kind: "resume"; readonly file: string };

/** How a child is started. */
export const CHILD_ARGV: readonly string[] = [
  Deno.execPath(),
  "run",
  "--config",
  inRepository("deno.json"),
  "--v8-flags=--expose-gc,--min-semi-space-size=16,--max-semi-space-size=16",
  "-A",
  inRepository("tests/bench/loop/support/child.ts"),
];

const RUN = "benched";

/** After so many steps, on a file beside the measured one, the process is quick and its heap as wide as it gets. */
const WARM_STEPS = 10_000;

/** Left alone, the heap keeps garbage for as long as there is memory: more of it says nothing of the loop. */
const COLLECTED_EVERY = 1_000;

async function growth({ file, early, steps, window }: ChildTask & { kind: "growth" }, doc: Doc): Promise<Figures> {
  await observed({ file: `${file}.warm`, early, late: Math.min(WARM_STEPS, steps) }, doc);
  const { entered, memory } = await observed({ file, early, late: steps, last: steps + window }, doc);
  const medianFrom = (first: number) =>
    median(Array.from({ length: window }, (_, at) => (entered[first + at + 1] - entered[first + at]) * 1_000).slice(1));
  const [atEarly, atLate] = [memory.get(early)!, memory.get(steps)!];
  return {
    early: medianFrom(early),
    late: medianFrom(steps),
    earlyMiB: atEarly.residentMiB,
    lateMiB: atLate.residentMiB,
    earlyHeapMiB: atEarly.heapMiB,
    lateHeapMiB: atLate.heapMiB,
  };
}

interface Observing {
  readonly file: string;
  readonly early: number;
  readonly late: number;
  /** @default {late} */
  readonly last?: number;
}

/** When each step was entered, and what was held at two of them. */
async function observed({ file, early, late, last = late }: Observing, doc: Doc) {
  const entered: number[] = [];
  const memory = new Map<number, Memory>();
  const onEnter = () => {
    const step = entered.push(performance.now()) - 1;
    if (step % COLLECTED_EVERY === 0) collect();
    if (step === early || step === late) memory.set(step, memoryHeld());
  };
  await repeat({ file, steps: last + 1 }, doc, onEnter);
  return { entered, memory };
}

async function repeat(
  { file, steps }: { readonly file: string; readonly steps: number },
  doc: Doc,
  onEnter: () => void,
): Promise<void> {
  const step = (given: Doc) => {
    onEnter();
    return given;
  };
  const { status, steps: done, error } = await loop(
    specOf(file, { steps, step, durability: "process", features: true }),
  ).run(doc);
  if (done !== steps) throw new Error(`Nothing to compare: ${status} after ${done} steps`, { cause: error });
}

interface Memory {
  readonly residentMiB: number;
  readonly heapMiB: number;
}

function collect(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

/** What is held after everything that could go has gone. */
function memoryHeld(): Memory {
  collect();
  const { rss, heapUsed } = Deno.memoryUsage();
  return { residentMiB: rss / 2 ** 20, heapMiB: heapUsed / 2 ** 20 };
}

/** Is gone in the middle of its last step, as a process that is killed. */
async function fill({ file, steps }: ChildTask & { kind: "fill" }, doc: Doc): Promise<never> {
  let entered = 0;
  const step = (given: Doc) => ++entered > steps ? leave({}) : given;
  const { status, error } = await loop(endless(file, step)).run(doc, { runId: RUN });
  throw new Error(`Nothing to compare: ${status}`, { cause: error });
}

/** Milliseconds from the call to the first step, the opening of the database included; gone in that step, too. */
async function resume({ file }: ChildTask & { kind: "resume" }): Promise<never> {
  let start = 0;
  const resumed = loop(endless(file, () => leave({ ms: performance.now() - start })));
  start = performance.now();
  const { status, error } = await resumed.resume(RUN);
  throw new Error(`Nothing to compare: no step was called, ${status}`, { cause: error });
}

function endless(file: string, step: (doc: Doc) => Doc): LoopSpec<Doc> {
  return specOf(file, { steps: Number.MAX_SAFE_INTEGER, step, durability: "process" });
}

function leave(figures: Figures): never {
  console.log(JSON.stringify(figures));
  Deno.exit(0);
}

async function perform(task: ChildTask & { readonly state: string }): Promise<Figures> {
  const doc = JSON.parse(await Deno.readTextFile(task.state)) as Doc;
  if (task.kind === "growth") return await growth(task, doc);
  return task.kind === "fill" ? await fill(task, doc) : await resume(task);
}

if (import.meta.main) console.log(JSON.stringify(await perform(JSON.parse(Deno.args[0]))));
