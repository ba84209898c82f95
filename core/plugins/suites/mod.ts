/**
 * Contract suites, tried on what a plugin provides.
 *
 * @module
 */

import type { LoadedPlugin, PortName, PortTypes } from "../../ports/plugin.ts";
import type { ProvidedNames } from "../../ports/plugin_store.ts";
import {
  type CaseOutcome,
  type ContractCase,
  type ContractTools,
  mlopsSuite,
  modelBuilderSuite,
  modelSuite,
  providerOver,
  searchSuite,
  trySuite,
} from "../../registry/mod.ts";
import { PORTS } from "../manifest.ts";
import { toolSuite } from "./tool.ts";

export { toolSuite } from "./tool.ts";

const SUITES: { readonly [P in PortName]: readonly ContractCase<PortTypes[P]>[] } = {
  search: searchSuite,
  mlops: mlopsSuite,
  "model-builder": modelBuilderSuite,
  model: modelSuite,
  tool: toolSuite,
};

/** How one thing that a plugin provides keeps to its port. */
export interface ProviderOutcome {
  readonly port: PortName;
  readonly name: string;
  readonly cases: readonly CaseOutcome[];
}

/** How a plugin is tried. */
export interface PluginTrial {
  readonly provides: ProvidedNames;
  /** Loads it anew: cases do not see what others left. */
  readonly load: () => Promise<LoadedPlugin>;
  readonly tools: ContractTools;
}

/** Tries everything that a plugin provides, each case on a plugin of its own. */
export async function tryPlugin({ provides, load, tools }: PluginTrial): Promise<readonly ProviderOutcome[]> {
  const outcomes: ProviderOutcome[] = [];
  for (const port of PORTS) {
    for (const name of provides[port] ?? []) {
      outcomes.push({ port, name, cases: await tryProvider(port, name, { load, tools }) });
    }
  }
  return outcomes;
}

/** Cases that are tried at a time: most of the time of each is the start of its worker. */
const AT_A_TIME = 6;

async function tryProvider<P extends PortName>(
  port: P,
  name: string,
  trial: Pick<PluginTrial, "load" | "tools">,
): Promise<readonly CaseOutcome[]> {
  const suite = SUITES[port] as readonly ContractCase<PortTypes[P]>[];
  const outcomes: CaseOutcome[] = [];
  for (let at = 0; at < suite.length; at += AT_A_TIME) {
    const some = suite.slice(at, at + AT_A_TIME).map((one) => tryCase(one, { port, name, ...trial }));
    outcomes.push(...await Promise.all(some));
  }
  return outcomes;
}

interface Subject<P extends PortName> extends Pick<PluginTrial, "load" | "tools"> {
  readonly port: P;
  readonly name: string;
}

async function tryCase<P extends PortName>(
  one: ContractCase<PortTypes[P]>,
  { port, name, load, tools }: Subject<P>,
): Promise<CaseOutcome> {
  const loaded: LoadedPlugin[] = [];
  const subject = async () => {
    const plugin = await load();
    loaded.push(plugin);
    return await providerOver(port, name, plugin);
  };
  try {
    return (await trySuite([one], subject, tools))[0];
  } finally {
    await Promise.all(loaded.map((plugin) => plugin.close()));
  }
}
