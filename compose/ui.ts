/**
 * `loom ui` put together: the engine, this machine, the page.
 *
 * @module
 */

import settings from "../deno.json" with { type: "json" };
import type { Context } from "../core/context.ts";
import { hostWatcher } from "../plugins/host/files/watcher.ts";
import { trustedFolders } from "../plugins/host/store/trusted.ts";
import { loadPipeline, pipelineStatus, runPipeline } from "../core/run/mod.ts";
import { type Place, serve, type Serving } from "../ui/server/mod.ts";
import { pageAssets } from "./page.ts";

/** Where to listen. */
export interface UiOptions {
  readonly place: Place;
  readonly hostname?: string;
  readonly port?: number;
}

/** Starts the server of the page. */
export async function openUi(context: Context, options: UiOptions): Promise<Serving> {
  const assets = await pageAssets();
  const engine = { loadPipeline, pipelineStatus, runPipeline };
  const { HOME, USERPROFILE, LOOM_HOME } = context.env;
  const trust = trustedFolders({ home: HOME ?? USERPROFILE, userState: LOOM_HOME });
  const states = async () => (await stateParts()).hostStateTools;
  const look = { loops: loopParts, states, charts: async () => (await chartParts()).hostCharts };
  return serve({ ...options, context, engine, assets, trust, look, watcher: hostWatcher, version: settings.version });
}

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function loopParts(): Promise<typeof import("../plugins/host/loops/sqlite.ts")> {
  return import(isReached ? "../plugins/host/loops/sqlite.ts" : "../plugins/host/loops/sqlite.ts");
}

function stateParts(): Promise<typeof import("../plugins/host/loops/host.ts")> {
  return import(isReached ? "../plugins/host/loops/host.ts" : "../plugins/host/loops/host.ts");
}

function chartParts(): Promise<typeof import("../plugins/host/draw/mod.ts")> {
  return import(isReached ? "../plugins/host/draw/mod.ts" : "../plugins/host/draw/mod.ts");
}
