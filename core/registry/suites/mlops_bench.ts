/**
 * A provider that is set up, with the programs of its language, and torn down whatever happens.
 *
 * @module
 */

import type { ExecContext, MlopsContext, MlopsProvider } from "../../ports/mlops.ts";
import type { ExecCapabilities } from "../../ports/mlops.ts";
import type { ExecExtras, ExecutionResult, Task } from "../../ports/values.ts";
import { execCapabilities } from "../schemas/mlops.ts";
import { execExtras, executionResult } from "../schemas/values.ts";
import { faultText } from "../base/fault.ts";
import type { ContractCase, ContractTools } from "./case.ts";
import { answered, broken } from "./expect.ts";
import { PROGRAMS, type Programs } from "./programs.ts";

/** What a case works with. */
export interface Bench {
  readonly provider: MlopsProvider;
  readonly can: ExecCapabilities;
  readonly programs: Programs;
  readonly task: Task;
  readonly context: MlopsContext;
  readonly tools: ContractTools;
  /** Executes, and checks the form of what comes back; in a new session unless told otherwise. */
  execute(code: string, options?: ExecContext & { readonly reset?: boolean }): Promise<ExecutionResult>;
  /** As `execute`, with what is known beside the result. */
  executeTold(code: string): Promise<{ readonly result: ExecutionResult; readonly extras: ExecExtras | undefined }>;
}

/** A case with a provider of its own. It is set up unless `bare`. */
export function mlopsCase(
  name: string,
  work: (bench: Bench) => Promise<void>,
  options: { readonly bare?: boolean } = {},
): ContractCase<MlopsProvider> {
  return {
    name,
    async run(subject, tools) {
      const provider = await subject();
      const bench = await benchOf(provider, tools);
      try {
        if (options.bare !== true) await answered(provider.setup(bench.task, bench.context), tools, "setup()");
        await work(bench);
      } finally {
        await answered(provider.teardown(), tools, "teardown()");
      }
    },
  };
}

async function benchOf(provider: MlopsProvider, tools: ContractTools): Promise<Bench> {
  const said = execCapabilities.safeParse(await provider.capabilities());
  if (!said.success) broken(`capabilities() gave what is none: ${faultText(said.error)}`);
  const can = said.data;
  const programs = PROGRAMS[can.language] ?? broken(`No programs are known in '${can.language}'`);
  const context: MlopsContext = { workspace: await tools.workspace(), run: tools.run };
  const execute: Bench["execute"] = async (code, { reset = true, ...more } = {}) => {
    const given = await answered(provider.execute(code, reset, { ...context, ...more }), tools, "execute()");
    const result = executionResult.safeParse(given);
    return result.success ? result.data : broken(`execute() gave what is no result: ${faultText(result.error)}`);
  };
  const task: Task = {
    data_dir: tools.dataDir,
    goal: "Predict target",
    eval: "accuracy",
    experiment_id: "contract",
    tenant: "default",
    dataset_ref: null,
  };
  return { provider, can, programs, task, context, tools, execute, executeTold: (code) => told(execute, code) };
}

async function told(execute: Bench["execute"], code: string): ReturnType<Bench["executeTold"]> {
  let extras: ExecExtras | undefined;
  const onExtras = (given: ExecExtras) => {
    const checked = execExtras.safeParse(given);
    if (!checked.success) broken(`execute() told of what are no extras: ${faultText(checked.error)}`);
    extras = checked.data;
  };
  const result = await execute(code, { onExtras });
  return { result, extras };
}
