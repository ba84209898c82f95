import { type Mutants, mutantTests } from "../../../tests/support/mutants.ts";
import type { ExecCallback, ExecContext, MlopsProvider } from "../../ports/mlops.ts";
import type { ExecExtras, ExecutionResult, RunRow } from "../../ports/values.ts";
import { memoryMlops } from "../fakes/mlops.ts";
import { memoryTools } from "../fakes/tools.ts";
import { TRAIN_CSV } from "./case.ts";
import { mlopsSuite } from "./mlops.ts";

const tools = memoryTools();
const [secret] = Object.values(tools.secrets);
const files = { "/data/train.csv": TRAIN_CSV };
const flows = { ValidateFlow: () => ({ checks: 3 }) };
const sound = () => memoryMlops({ files, flows });

/** A sound provider with some members changed. */
function mutant(change: (of: MlopsProvider) => Partial<MlopsProvider>): () => MlopsProvider {
  return () => {
    const of = sound();
    return { ...of, ...change(of) };
  };
}

function withExecute(wrap: (execute: ExecCallback) => ExecCallback): () => MlopsProvider {
  return mutant(({ execute }) => ({ execute: wrap(execute) }));
}

function withResult(change: (result: ExecutionResult, code: string) => object): () => MlopsProvider {
  return withExecute((execute) => async (code, ...rest) =>
    change(await execute(code, ...rest), code) as ExecutionResult
  );
}

function withExtras(change: (extras: ExecExtras) => ExecExtras | undefined): () => MlopsProvider {
  return withExecute((execute) => (code, reset, context: ExecContext = {}) => {
    const onExtras = (extras: ExecExtras) => {
      const changed = change(extras);
      return changed === undefined ? undefined : context.onExtras?.(changed);
    };
    return execute(code, reset, { ...context, onExtras });
  });
}

function withRows(change: (rows: readonly RunRow[], id: string) => readonly object[]): () => MlopsProvider {
  return mutant(({ runs }) => ({ runs: async (id) => change(await runs(id), id) as readonly RunRow[] }));
}

const row: RunRow = {
  pathspec: "EvalCandidate/99",
  flow: "EvalCandidate",
  experiment_id: "never-was",
  successful: true,
  metric: null,
  tags: [],
  ts: "2026-01-01T00:00:00Z",
};

const mutants: Mutants<MlopsProvider> = {
  "says nothing of its language": mutant(() => ({ capabilities: () => ({}) as never })),
  "stages other data": () => memoryMlops({ files: { "/data/train.csv": "id\n" }, flows }),
  "lets programs change the data": withExecute((execute) => (code, ...rest) => {
    return execute(code.startsWith("write input") ? "print" : code, ...rest);
  }),
  "changes the data when it refuses to": () => {
    const [before, after] = [sound(), memoryMlops({ files: { "/data/train.csv": "x" }, flows })];
    let isChanged = false;
    const execute: ExecCallback = (code, ...rest) => {
      isChanged ||= code.startsWith("write input");
      return (isChanged ? after : before).execute(code, ...rest);
    };
    return { ...before, execute, setup: (task) => before.setup(task).then(() => after.setup(task)) };
  },
  "keeps ./working of the time before": mutant(({ setup }) => {
    let once: Promise<void> | undefined;
    return { setup: (task) => once ??= setup(task) };
  }),
  "sets up without the data": mutant((of) => {
    return { setup: ({ data_dir, ...task }) => of.setup({ ...task, data_dir: data_dir && "/data" }) };
  }),
  "adds a sixth field": withResult((it) => ({ ...it, exit_code: 0 })),
  "leaves a field out": withResult(({ exc_stack: _, ...it }) => it),
  "tells output in another order": withResult((it) => ({ ...it, term_out: it.term_out.toReversed() })),
  "drops standard error": withExecute((execute) => (code, ...rest) => execute(code.replace(/^warn .*$/m, ""), ...rest)),
  "throws what a program raised": withExecute((execute) => async (...args) => {
    const result = await execute(...args);
    if (result.exc_type === "ValueError") throw new Error("ValueError");
    return result;
  }),
  "names every exception alike": withResult((it) => it.exc_type === null ? it : { ...it, exc_type: "Exception" }),
  "tells nothing of an exception": withResult((it) => it.exc_info === null ? it : { ...it, exc_info: {} }),
  "does not tell where an exception was": withResult((it) => ({ ...it, exc_stack: null })),
  "takes every exit for a failure": withResult((it, code) => code === "exit" ? { ...it, exc_type: "SystemExit" } : it),
  "tells another time for a timeout": withResult((it) => ({ ...it, exec_time: 0 })),
  "is of no use after a death": () => {
    const of = sound();
    let isDead = false;
    const execute: ExecCallback = (code, ...rest) => {
      if (isDead) return Promise.reject(new Error("It is gone"));
      isDead = code === "die";
      return of.execute(code, ...rest);
    };
    return { ...of, execute };
  },
  "lets a death be an error": withExecute((execute) => (code, ...rest) => {
    return code === "die" ? Promise.reject(new Error("It is gone")) : execute(code, ...rest);
  }),
  "keeps all output": withResult((it, code) => code.startsWith("flood") ? { ...it, term_out: ["x".repeat(24e6)] } : it),
  "does not count what it drops": withExtras((it) => ({ ...it, dropped_bytes: 0 })),
  "tells of no extras": withExtras(() => undefined),
  "tells of extras that are none": withExtras((it) => ({ ...it, more: 1 }) as never),
  "never resets": withExecute((execute) => (code, _, context) => execute(code, false, context)),
  "resets only when told to": withExecute((execute) => (code, reset, context) =>
    execute(code, reset === true, context)
  ),
  "always resets": withExecute((execute) => (code, _, context) => execute(code, true, context)),
  "mixes what it executes at once": () => {
    const of = sound();
    let last: Promise<ExecutionResult> | undefined;
    const execute: ExecCallback = async (...args) => {
      last = of.execute(...args);
      await Promise.resolve();
      return await last;
    };
    return { ...of, execute };
  },
  "does not look at the signal": withExecute((execute) => (code, reset, context) => {
    return execute(code, reset, { ...context, signal: undefined });
  }),
  "looks at the signal too late": withExecute((execute) => async (code, reset, context) => {
    const result = await execute(code, reset, { ...context, signal: undefined });
    if (context?.signal?.aborted) throw Object.assign(new Error("It was called off"), { code: "interrupted" });
    return result;
  }),
  "executes before it is set up": mutant(({ execute, setup }) => {
    let ready: Promise<void> | undefined;
    const task = { goal: "", eval: "", experiment_id: "contract", tenant: "default", dataset_ref: null };
    return {
      setup: (given) => ready = setup(given),
      async execute(...args) {
        await (ready ??= setup({ ...task, data_dir: "/data" }));
        return await execute(...args);
      },
    };
  }),
  "goes on after its teardown": mutant(() => ({ teardown: () => Promise.resolve() })),
  "can be torn down once": mutant(({ teardown }) => {
    let isDown = false;
    return {
      async teardown() {
        if (isDown) throw new Error("It is down already");
        isDown = true;
        await teardown();
      },
    };
  }),
  "cannot be torn down before it is set up": mutant(({ setup, teardown }) => {
    let isUp = false;
    return {
      setup: (task) => setup(task).then(() => void (isUp = true)),
      teardown: () => isUp ? teardown() : Promise.reject(new Error("It is not up")),
    };
  }),
  "shows programs the environment": withResult((it, code) =>
    code.startsWith("variable") ? { ...it, term_out: [secret] } : it
  ),
  "gives what is no result of a flow": mutant(() => ({ runFlow: () => Promise.resolve({} as never) })),
  "does not say why a flow failed": mutant(({ runFlow }) => ({
    runFlow: async (...args) => ({ ...await runFlow(...args), successful: false }),
  })),
  "takes any flow": mutant(({ runFlow }) => ({ runFlow: (_, ...rest) => runFlow("ValidateFlow", ...rest) })),
  "lists runs of others": withRows((_, id) => [{ ...row, experiment_id: id }]),
  "lists runs twice": withRows((rows) => [...rows, ...rows]),
  "lists no runs": withRows(() => []),
  "lists what are no rows": withRows((rows) => rows.map((it) => ({ ...it, ts: "yesterday" }))),
};

mutantTests("mlops", { suite: mlopsSuite, mutants, tools });
