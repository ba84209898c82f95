import { toolSuite } from "../../plugins/suites/tool.ts";
import type { PortName, PortTypes } from "../../ports/plugin.ts";
import { memoryMlops } from "../fakes/mlops.ts";
import { memoryModel } from "../fakes/model.ts";
import { memoryModelBuilder } from "../fakes/model_builder.ts";
import { memoryPlugin } from "../fakes/plugin.ts";
import { memorySearch } from "../fakes/search.ts";
import { memoryTool } from "../fakes/tool.ts";
import { memoryTools } from "../fakes/tools.ts";
import { providerOver } from "../proxy.ts";
import { type ContractCase, type ContractTools, TRAIN_CSV } from "./case.ts";
import { mlopsSuite } from "./mlops.ts";
import { modelSuite } from "./model.ts";
import { modelBuilderSuite } from "./model_builder.ts";
import { searchSuite } from "./search.ts";

/** One test for each case, on the provider itself and as what a plugin provides. */
function tests<P extends PortName>(
  port: P,
  { suite, make, tools = memoryTools(), label = "" }: {
    readonly suite: readonly ContractCase<PortTypes[P]>[];
    readonly make: () => PortTypes[P];
    readonly tools?: ContractTools;
    readonly label?: string;
  },
): void {
  const manifest = { name: "memory", version: "1.0.0", api: 1, permissions: {} } as const;
  const plugin = () => memoryPlugin({ ...manifest, provides: { [port]: { memory: make() } } });
  for (const { name, run } of suite) {
    Deno.test(`${port} in memory${label}: ${name}`, () => run(() => Promise.resolve(make()), tools));
    Deno.test(`${port} of a plugin${label}: ${name}`, () => run(() => providerOver(port, "memory", plugin()), tools));
  }
}

tests("search", { suite: searchSuite, make: () => memorySearch({ candidates: [..."abcdefgh"] }) });

const files = { "/data/train.csv": TRAIN_CSV };
const flows = {
  ValidateFlow: () => ({ checks: 3 }),
  TrainFlow: () => {
    throw new Error("no GPU");
  },
};
tests("mlops", { suite: mlopsSuite, make: () => memoryMlops({ files, flows }) });

tests("model", { suite: modelSuite, make: () => memoryModel() });

const variables = { CANARY_API_KEY: "canary-5f1c0e7a9b2d" };
const withKey = memoryTools({ environment: () => variables });
const code = { key_env: "CANARY_API_KEY" };
const feedback = { key_env: "OTHER_API_KEY", judge_capable: false };
tests("model", {
  suite: modelSuite,
  make: () => memoryModel({ routes: { code, feedback }, environment: () => variables }),
  tools: withKey,
  label: " with one key of two",
});
tests("model", {
  suite: modelSuite,
  make: () => memoryModel({ routes: { code, feedback: { judge_capable: false } }, environment: () => variables }),
  tools: withKey,
  label: " without a judge",
});

tests("model-builder", { suite: modelBuilderSuite, make: () => memoryModelBuilder() });

const capabilities = [{ name: "embed", mode: "searchable", supported: false, notes: "Not written yet" }] as const;
tests("model-builder", {
  suite: modelBuilderSuite,
  make: () => ({ name: "memory", manifest: () => ({ backend: "later", capabilities }) }),
  label: " that can do nothing",
});

tests("tool", { suite: toolSuite, make: () => memoryTool() });
