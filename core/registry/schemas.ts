/**
 * What each method of each port takes and gives, as schemas: both ends of a plugin's border check by them.
 *
 * Arguments are checked as they cross, that is with marks for functions and signals.
 *
 * @module
 */

import { z } from "zod";
import type { PortName } from "../ports/plugin.ts";
import { jsonObject } from "./schemas/json.ts";
import { execCapabilities } from "./schemas/mlops.ts";
import { hint, modelRequest, modelResponse, modelRole, modelRoute } from "./schemas/model.ts";
import { searchBudget, searchEvent, searchResult } from "./schemas/search.ts";
import { toolInfo, toolResult } from "./schemas/tool.ts";
import {
  artifactRef,
  buildBudget,
  capabilityManifest,
  count,
  execExtras,
  executionResult,
  flowId,
  objective,
  pathspec,
  runResult,
  runRow,
  scores,
  serveMode,
  task,
  word,
} from "./schemas/values.ts";

/** Of one method. */
export interface MethodSchema {
  readonly args: z.ZodType<readonly unknown[]>;
  readonly result: z.ZodType;
}

/** By the name of the method. */
export type MethodSchemas = Readonly<Record<string, MethodSchema>>;

const callback = z.strictObject({ $callback: word });
const signal = z.strictObject({ $signal: z.literal(true) });
const optionalCallback = callback.optional();
/** A bag of functions. What else its object has stays behind. */
const functions = (...names: readonly string[]) => z.object(Object.fromEntries(names.map((name) => [name, callback])));
const workspace = functions("readFile", "writeFile", "remove", "move", "stat", "list").extend({ root: z.string() });
const nothing = z.union([z.undefined(), z.null()]);

const mlopsFields = { signal: signal.optional(), workspace: workspace.optional(), run: optionalCallback };
const mlopsContext = z.strictObject(mlopsFields);
const execContext = z.strictObject({
  ...mlopsFields,
  timeoutMs: z.number().positive().optional(),
  node_id: word.optional(),
  onExtras: optionalCallback,
});

/** What a plugin may say of an execution. Its own signal and functions do not cross; the call's signal takes their place. */
const askedContext = z.object({ timeoutMs: z.number().positive().optional(), node_id: word.optional() });

const searchContext = z.strictObject({
  complete: optionalCallback,
  maximize: z.boolean().optional(),
  seed: z.int().optional(),
  target: z.number().optional(),
  patience: count.positive().optional(),
  owned_by: word.optional(),
});

const limit = z.number().nonnegative().optional();
const buildContext = z.strictObject({
  signal,
  artifacts: functions("read", "write"),
  limits: z.strictObject({ max_usd: limit, max_minutes: limit, max_steps: limit }).optional(),
  launch: z.boolean().optional(),
  gpu_target: word.optional(),
  progress: optionalCallback,
});

function method(args: readonly z.ZodType[], result: z.ZodType): MethodSchema {
  return { args: z.tuple(args as [z.ZodType, ...z.ZodType[]]), result };
}

/** What is called in a provider, by port and method. */
export const PORT_SCHEMAS: Readonly<Record<PortName, MethodSchemas>> = {
  search: {
    run: method([task, callback, callback, searchBudget, signal, searchContext.optional()], searchResult),
  },
  mlops: {
    capabilities: method([], execCapabilities),
    setup: method([task, mlopsContext.optional()], nothing),
    execute: method([z.string(), z.boolean().optional(), execContext.optional()], executionResult),
    runFlow: method([flowId, jsonObject, z.array(z.string()), mlopsContext.optional()], runResult),
    runs: method([word], z.array(runRow)),
    teardown: method([], nothing),
  },
  model: {
    resolve: method([modelRole], modelRoute),
    preflight: method([modelRole], z.array(hint)),
    complete: method([modelRequest, signal, callback.optional()], modelResponse),
  },
  "model-builder": {
    manifest: method([], capabilityManifest),
    tokenize: method([pathspec, word, buildContext], artifactRef),
    pretrain: method([pathspec, objective, buildBudget, buildContext], artifactRef),
    embed: method([pathspec, pathspec, buildContext], artifactRef),
    finetune: method([pathspec, pathspec, jsonObject, buildContext], artifactRef),
    evaluate: method([pathspec, pathspec, word, buildContext], scores),
    serve: method([pathspec, serveMode, buildContext], artifactRef),
  },
  tool: {
    info: method([], toolInfo),
    run: method([jsonObject, z.unknown()], toolResult),
  },
};

/**
 * What a provider asks of loom while it works: by port, method and place of the function among the arguments
 * (`1` of `run` is `execute`).
 */
export const SERVICE_SCHEMAS: Readonly<Partial<Record<PortName, Readonly<Record<string, MethodSchemas>>>>> = {
  search: {
    run: {
      "1": method([z.string(), z.boolean().optional(), askedContext.optional()], executionResult),
      "2": method([searchEvent], nothing),
      "5.complete": method([modelRequest], modelResponse),
    },
  },
  mlops: { execute: { "2.onExtras": method([execExtras], nothing) } },
  model: { complete: { "2": method([z.string()], nothing) } },
  "model-builder": Object.fromEntries(
    [["tokenize", 2], ["pretrain", 3], ["embed", 2], ["finetune", 3], ["evaluate", 3], ["serve", 2]].map(
      ([name, place]) => [name, builderServices(`${place}`)],
    ),
  ),
};

function builderServices(place: string): MethodSchemas {
  const progress = z.strictObject({
    phase: z.string(),
    step: count,
    loss: z.number().nullable(),
    usd: z.number().nonnegative(),
    gpu: z.number().min(0).max(100).nullable(),
  });
  return {
    [`${place}.artifacts.read`]: method([pathspec], jsonObject),
    [`${place}.artifacts.write`]: method([z.literal("TrainFlow"), jsonObject], pathspec),
    [`${place}.progress`]: method([progress], nothing),
  };
}
