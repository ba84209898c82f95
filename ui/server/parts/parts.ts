import type { Context } from "../../../core/context.ts";
import type { Charts } from "../../../core/ports/charts.ts";
import type { LoopStore, StateTools } from "../../../core/ports/loop_store.ts";
import type { Loaded, Overrides, StepState } from "../../../core/run/session/request.ts";
import type { Elsewhere } from "../live/elsewhere.ts";
import type { Hub } from "../live/hub.ts";
import type { RunPipeline, Runs } from "../live/runs.ts";
import type { Screen } from "../../../core/run/screen/mod.ts";
import type { Watching } from "../live/watch.ts";
import type { Place } from "../base/place.ts";
import type { TrustStore } from "./trust.ts";

/** What the server asks of the engine; `core/run/mod.ts` offers it. */
export interface ServerEngine {
  readonly runPipeline: RunPipeline;
  loadPipeline(file: string, context: Context, overrides: Overrides): Promise<Loaded>;
  pipelineStatus(
    look: { readonly file: string; readonly overrides: Overrides },
    context: Context,
  ): Promise<readonly StepState[]>;
}

/** What looking back needs of the machine, in parts that are loaded when they are needed. */
export interface LookDoor {
  /** Where loops are kept. */
  loops(): Promise<{
    openLoopsReadOnly(path: string): LoopStore | undefined;
    projectLoops(project: string): LoopStore;
  }>;
  /** To read the states of loops with. */
  states(): Promise<StateTools>;
  charts(): Promise<Charts>;
}

/** The files of the page, by path such as `/main.js`. */
export interface Assets {
  get(path: string): { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string } | undefined;
}

/** What the routes work with. */
export interface Parts {
  readonly context: Context;
  readonly engine: ServerEngine;
  readonly place: Place;
  readonly hub: Hub;
  readonly runs: Runs;
  /** Which shows what steps write. */
  readonly screen: Screen;
  readonly version: string;
  /** Without it there are no loops in the history and no pictures of plots. */
  readonly look?: LookDoor;
  /** Whether something of the folder may be run; see `requireTrust`. */
  readonly trust: TrustStore;
  /** Tells of changes on the disk. */
  readonly watching: Watching;
  /** Runs that other programs drive. */
  readonly elsewhere: Elsewhere;
}
