/**
 * Tools on this machine: loom's own and those of plugins, the folder they work in, and what keeps their programs in.
 *
 * @module
 */

import { loadConfig, sandboxLimits } from "../core/config/mod.ts";
import type { Context } from "../core/context.ts";
import { relativePath } from "../core/paths.ts";
import type { LoadedPlugin } from "../core/ports/plugin.ts";
import type { Store } from "../core/ports/store.ts";
import type { Policy } from "../core/ports/policy.ts";
import {
  callLoaded,
  type KnownTool,
  type Launch,
  type PluginTools,
  pluginTools,
  type ToolRegistry,
  toolRegistry,
} from "../core/tools/mod.ts";
import { pluginDesk } from "./plugins.ts";
import { builtInPlugin } from "../plugins/host/built_in.ts";
import { type BuiltIn, builtInPlugins } from "../plugins/load.ts";
import { ripgrepPath } from "../plugins/host/ripgrep.ts";
import { hostSandboxes } from "../plugins/host/sandbox/mod.ts";
import { hostWorkspace, storeRecorder } from "../plugins/host/workspace/mod.ts";

/** A folder for tools. */
interface Wish {
  readonly folder: string;
  readonly task: string;
  readonly noSandbox?: boolean;
  readonly onNotice: (message: string) => void;
}

/** The tools of this machine. */
export function toolDesk(context: Context) {
  let known: Promise<{ readonly registry: ToolRegistry; readonly broken: PluginTools["broken"] }> | undefined;
  const own = new Map<string, LoadedPlugin>();
  const open = async (wish: Wish, maxWriteBytes?: number) =>
    openPlace(context, { ...wish, maxWriteBytes, programs: await ownPrograms(context) });
  return {
    all: () => known ??= allTools(context, own),
    open: (wish: Wish) => open(wish),
    // What is put back may be longer than what a tool may write.
    openProject: (wish: Wish) => open({ ...wish, folder: context.stores.projectOf(wish.folder) }, Infinity),
    [Symbol.asyncDispose]: async () => {
      for (const plugin of own.values()) await plugin.close();
    },
  };
}

async function allTools(context: Context, own: Map<string, LoadedPlugin>) {
  const { tools, broken } = await pluginTools(pluginDesk(context).shelf);
  return { registry: toolRegistry([...builtInPlugins.flatMap((it) => ownTools(it, own)), ...tools]), broken };
}

/** Tools of one of loom's own plugins, which is started by the first call. */
function ownTools({ plugin, folder }: BuiltIn, own: Map<string, LoadedPlugin>): readonly KnownTool[] {
  return Object.entries(plugin.provides.tool ?? {}).map(([name, { info }]) => ({
    info,
    plugin,
    builtIn: true,
    run: (args, toolContext) => {
      const loaded = own.get(plugin.name) ?? builtInPlugin(plugin, folder);
      own.set(plugin.name, loaded);
      return callLoaded(loaded, { name, args, context: toolContext });
    },
  }));
}

interface Opening extends Wish {
  readonly maxWriteBytes?: number;
  readonly programs: ReadonlyMap<string, string>;
}

/** Programs that loom brings with it. */
async function ownPrograms({ env }: Context): Promise<ReadonlyMap<string, string>> {
  const state = env.LOOM_HOME || (env.HOME && `${env.HOME}/.loom`);
  const ripgrep = state ? await ripgrepPath(state) : undefined;
  return new Map(ripgrep === undefined ? [] : [["rg", ripgrep]]);
}

function openPlace(context: Context, { maxWriteBytes, programs, ...wish }: Opening) {
  const folder = context.files.realPath(wish.folder) ?? wish.folder;
  const project = context.stores.projectOf(folder);
  const store: Store = context.stores.open(project, wish.onNotice);
  try {
    const recorder = storeRecorder({
      store,
      task: wish.task,
      now: () => context.clock.now(),
      inProject: (path) => relativePath(`${folder}/${path}`, project),
    });
    const workspace = hostWorkspace(folder, { home: context.env.HOME, recorder, maxWriteBytes });
    const place = { root: workspace.root, locate: (path: string) => workspace.locate(path), programs };
    const launch = launcher(context, wish);
    const close = () => (workspace[Symbol.dispose](), store.close());
    return { workspace, place, store, launch, [Symbol.dispose]: close };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Programs, kept in by the system. */
function launcher(context: Context, { noSandbox, onNotice }: Wish): Launch {
  const sandboxes = hostSandboxes({
    subprocesses: () => context.subprocesses,
    rendering: async () => (await import("../core/gate/sandbox/mod.ts")).sandboxRendering,
    searchPath: context.env.PATH,
    unconfined: noSandbox,
    onUnconfined: ({ actor }: Policy) => onNotice(`${actor} runs a program without a sandbox, with your rights`),
  });
  return async (spec) => {
    const { variables } = spec.policy;
    const { config } = await loadConfig(context);
    const limits = { ...sandboxLimits(config), ...spec.limits };
    const env = Object.fromEntries(variables.flatMap((name) => name in context.env ? [[name, context.env[name]]] : []));
    return await sandboxes.start({ ...spec, limits, env });
  };
}
