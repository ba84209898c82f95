/**
 * What every place of execution keeps to.
 *
 * @module
 */

import type { MlopsProvider } from "../../ports/mlops.ts";
import type { FlowId } from "../../ports/values.ts";
import { FLOWS, runResult, runRow } from "../schemas/values.ts";
import { faultText } from "../base/fault.ts";
import { type ContractCase, TRAIN_CSV } from "./case.ts";
import { answered, broken, holds, keepsSecrets, refuses, same } from "./expect.ts";
import { type Bench, mlopsCase } from "./mlops_bench.ts";

type Cases = readonly ContractCase<MlopsProvider>[];

const FIELDS = ["exc_info", "exc_stack", "exc_type", "exec_time", "term_out"];

/** Characters that are more than any provider keeps. */
const FLOOD = 24_000_000;
const MAX_KEPT = 12_000_000;

/** A limit that a program without end reaches soon, milliseconds. */
const SHORT_MS = 1_500;

const staging: Cases = [
  mlopsCase("setup() puts the data into ./input", async ({ execute, programs }) => {
    same(
      (await execute(programs.read("input/train.csv"))).term_out.join(""),
      TRAIN_CSV,
      "What ./input/train.csv holds",
    );
  }),
  mlopsCase("setup() lets nobody change ./input", async ({ execute, programs }) => {
    const { exc_type } = await execute(programs.write("input/train.csv", "x"));
    holds(exc_type !== null, "A program could write into ./input");
    same((await execute(programs.read("input/train.csv"))).term_out.join(""), TRAIN_CSV, "What it holds afterwards");
  }),
  mlopsCase("setup() makes an empty ./working, each time", async ({ execute, programs, provider, task, context }) => {
    const read = programs.read("working/note.txt");
    holds((await execute(read)).exc_type !== null, "./working was not empty");
    same((await execute(programs.write("working/note.txt", "hello"))).exc_type, null, "What writing there raised");
    await provider.setup(task, context);
    holds((await execute(read)).exc_type !== null, "./working was not empty after another setup");
  }),
  mlopsCase("setup() refuses a folder that is not there", async ({ provider, task, context, tools }) => {
    const data_dir = `${tools.dataDir}/no-such-folder`;
    await refuses(() => provider.setup({ ...task, data_dir }, context), ["file-not-found"], "setup()");
    await refuses(() => provider.execute("", true, context), ["not-set-up"], "execute() afterwards");
  }, { bare: true }),
];

const results: Cases = [
  mlopsCase("execute() gives exactly five fields", async ({ provider, programs, context }) => {
    const result = await provider.execute(programs.print([{ text: "hi" }]), true, context);
    same(Object.keys(result).sort(), FIELDS, "Fields of a result");
    same([result.exc_type, result.exc_info, result.exc_stack], [null, null, null], "What nothing raised");
  }),
  mlopsCase("execute() gives standard output and error as they came", async ({ execute, programs }) => {
    const code = programs.print([{ text: "one" }, { text: "two", error: true }, { text: "three" }]);
    same((await execute(code)).term_out.join(""), "one\ntwo\nthree\n", "Output");
  }),
  mlopsCase("execute() tells an exception, and goes on after it", async ({ execute, programs }) => {
    const { exc_type, exc_info, exc_stack } = await execute(programs.raise("ValueError", "seven"));
    same(exc_type, "ValueError", "Class of the exception");
    holds(JSON.stringify(exc_info).includes("seven"), "exc_info does not tell its argument");
    holds((exc_stack ?? []).length > 0, "exc_stack does not tell where it was");
    await stillWorks({ execute, programs });
  }),
  mlopsCase("execute() takes an exit with code 0 for a success", async ({ execute, programs }) => {
    same((await execute(programs.exit)).exc_type, null, "What an exit with code 0 raised");
  }),
  mlopsCase("execute() ends what takes too long, and goes on after it", async ({ execute, programs }) => {
    const { exc_type, exec_time } = await execute(programs.forever, { timeoutMs: SHORT_MS });
    same([exc_type, exec_time], ["TimeoutError", SHORT_MS / 1_000], "Exception and seconds");
    await stillWorks({ execute, programs });
  }),
  mlopsCase("execute() tells a sudden death, and goes on after it", async ({ execute, programs }) => {
    same((await execute(programs.die)).exc_type, "ProcessDied", "Exception");
    await stillWorks({ execute, programs });
  }),
  mlopsCase("execute() keeps only so much output, and counts the rest", async ({ executeTold, programs }) => {
    const { result, extras } = await executeTold(programs.flood(FLOOD));
    const kept = result.term_out.join("").length;
    holds(kept <= MAX_KEPT, `execute() kept ${kept} characters`);
    holds(extras === undefined || extras.dropped_bytes > 0, "What was dropped was not counted");
  }),
  mlopsCase(
    "execute() tells what the program reported, before it gives the result",
    async ({ executeTold, programs }) => {
      const { extras } = await executeTold(programs.print([{ text: "LOOM_METRIC auc=0.75" }]));
      same(extras?.reported, { auc: 0.75 }, "What was reported");
    },
  ),
];

const lives: Cases = [
  mlopsCase("execute() keeps definitions as long as its capabilities say", async ({ can, execute, programs }) => {
    same((await execute(programs.define("kept", "there"))).exc_type, null, "What defining a name raised");
    const { exc_type, term_out } = await execute(programs.use("kept"), { reset: false });
    if (can.sessions) same(term_out.join(""), "there\n", "A name that was defined before");
    else holds(exc_type !== null, "A definition outlived its execution, though there are no sessions");
  }),
  mlopsCase("execute() forgets definitions when the session is reset", async ({ execute, programs }) => {
    await execute(programs.define("kept", "there"));
    const { exc_type } = await execute(programs.use("kept"), { reset: true });
    holds(exc_type !== null, "A definition outlived the reset of its session");
  }),
  mlopsCase("execute() resets the session unless told otherwise", async ({ provider, execute, programs, context }) => {
    await execute(programs.define("kept", "there"));
    const { exc_type } = await provider.execute(programs.use("kept"), undefined, context);
    holds(exc_type !== null, "A definition outlived the reset of its session");
  }),
  mlopsCase("execute() answers several at once, each with its own output", async ({ execute, programs }) => {
    const words = ["one", "two", "three"];
    const all = await Promise.all(words.map((text) => execute(programs.print([{ text }]))));
    same(all.map(({ term_out }) => term_out.join("")), words.map((it) => `${it}\n`), "Outputs");
  }),
  mlopsCase("execute() stops when the signal aborts, and goes on after it", async (bench) => {
    const { provider, programs, context, tools } = bench;
    const controller = new AbortController();
    const work = provider.execute(programs.forever, true, { ...context, signal: controller.signal });
    controller.abort();
    await refuses(() => answered(work, tools, "execute()"), ["interrupted"], "execute()");
    await stillWorks(bench);
  }),
  mlopsCase(
    "execute() does nothing when the signal has aborted before",
    async ({ provider, programs, context, execute }) => {
      const code = programs.write("working/late.txt", "late");
      const signal = AbortSignal.abort();
      await refuses(() => provider.execute(code, true, { ...context, signal }), ["interrupted"], "execute()");
      const { exc_type } = await execute(programs.read("working/late.txt"));
      holds(exc_type !== null, "A program was executed after the abort");
    },
  ),
  mlopsCase("execute() is refused before setup", async ({ provider, context, programs }) => {
    const code = programs.print([{ text: "hi" }]);
    await refuses(() => provider.execute(code, true, context), ["not-set-up"], "execute()");
  }, { bare: true }),
  mlopsCase("teardown() ends it, as often as it is called", async ({ provider, context, programs }) => {
    await provider.teardown();
    await provider.teardown();
    const code = programs.print([{ text: "hi" }]);
    await refuses(() => provider.execute(code, true, context), ["not-set-up"], "execute() afterwards");
  }),
  mlopsCase("teardown() is possible when nothing was set up", async ({ provider }) => {
    await provider.teardown();
  }, { bare: true }),
  mlopsCase("execute() gives programs no secret", async ({ execute, programs, tools }) => {
    for (const name of Object.keys(tools.secrets)) {
      const result = await execute(programs.variable(name));
      keepsSecrets(result, tools, `What a program printed of ${name}`);
      same(result.term_out.join(""), "unset\n", `What a program found as ${name}`);
    }
  }),
];

const recording: Cases = [
  mlopsCase(
    "runFlow() gives a result for every flow that it says it knows",
    async ({ provider, can, context, tools }) => {
      for (const flow of can.flows) {
        const given = await answered(
          provider.runFlow(flow, {}, ["loom_experiment:contract"], context),
          tools,
          "runFlow()",
        );
        checkRun(flow, given);
      }
    },
  ),
  mlopsCase("runFlow() refuses a flow that it does not know", async ({ provider, can, context }) => {
    const unknown = FLOWS.find((flow) => !can.flows.includes(flow)) ?? "NoSuchFlow" as FlowId;
    await refuses(() => provider.runFlow(unknown, {}, [], context), ["unknown-flow"], "runFlow()");
  }),
  mlopsCase("runs() knows none of an experiment that never was", async ({ provider }) => {
    same(await provider.runs("never-was"), [], "Runs");
  }),
  mlopsCase("runs() lists what was recorded, each once", async ({ provider, executeTold, programs, task }) => {
    const { extras } = await executeTold(programs.print([{ text: "LOOM_METRIC auc=0.75" }]));
    const rows = await provider.runs(task.experiment_id);
    for (const row of rows) {
      const checked = runRow.safeParse(row);
      if (!checked.success) broken(`runs() gave what is no row: ${faultText(checked.error)}`);
      same(row.experiment_id, task.experiment_id, "Experiment of a row");
    }
    const names = rows.map(({ pathspec }) => pathspec);
    same(new Set(names).size, names.length, "Distinct pathspecs");
    const recorded = extras?.pathspec ?? null;
    holds(
      recorded === null || names.includes(recorded),
      `runs() does not list ${recorded}, though execute() told of it`,
    );
  }),
];

async function stillWorks({ execute, programs }: Pick<Bench, "execute" | "programs">): Promise<void> {
  same(
    (await execute(programs.print([{ text: "still here" }]))).term_out.join(""),
    "still here\n",
    "Output afterwards",
  );
}

/** It has succeeded and can be found, or says what went wrong. */
function checkRun(flow: FlowId, given: unknown): void {
  const checked = runResult.safeParse(given);
  if (!checked.success) broken(`runFlow() gave what is no result of ${flow}: ${faultText(checked.error)}`);
  const { successful, pathspec, error } = checked.data;
  holds(pathspec === null || pathspec.startsWith(`${flow}/`), `A run of ${flow} is called ${pathspec}`);
  if (successful) same([pathspec === null, error], [false, null], `What a run of ${flow} that succeeded has`);
  else holds(error !== null && error !== "", `A run of ${flow} failed and does not say why`);
}

/**
 * What every {@linkcode MlopsProvider} keeps to. It is tried with programs in the language of its capabilities:
 * `python`, or `lines` of {@linkcode memoryMlops}.
 *
 * @example A provider of one's own
 * ```ts
 * import { memoryMlops, memoryTools, mlopsSuite, TRAIN_CSV, trySuite } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const files = { "/data/train.csv": TRAIN_CSV };
 * const outcomes = await trySuite(mlopsSuite, () => Promise.resolve(memoryMlops({ files })), memoryTools());
 * deepEqual(outcomes.filter(({ error }) => error !== undefined), []);
 * ```
 */
export const mlopsSuite: readonly ContractCase<MlopsProvider>[] = [...staging, ...results, ...lives, ...recording];
