/**
 * Schemas of what searches take and give.
 *
 * @module
 */

import { z } from "zod";
import type { SearchBudget, SearchEvent, SearchResult, StoppedBy } from "../../ports/search.ts";
import { count, nodeRecord, nodeStage, TOKEN_FIELDS, word } from "./values.ts";

const limit = z.number().nonnegative().optional();

export const searchBudget: z.ZodType<SearchBudget> = z.strictObject({
  steps: count.positive(),
  num_drafts: count,
  debug_prob: z.number().min(0).max(1),
  max_debug_depth: count,
  max_usd: limit,
  max_tokens: limit,
  max_minutes: limit,
}).readonly();

export const stoppedBy: z.ZodType<StoppedBy> = z.enum([
  "steps",
  "max_usd",
  "max_tokens",
  "max_minutes",
  "target",
  "patience",
  "cancel",
  "outage",
  "exhausted",
]);

export const searchUsage = z.strictObject({
  ...TOKEN_FIELDS,
  llm_calls: count,
  usd: z.number().nonnegative().nullable(),
}).readonly();

export const searchResult: z.ZodType<SearchResult> = z.strictObject({
  best_code: z.string().nullable(),
  best_metric: z.number().nullable(),
  journal_path: z.string().nullable(),
  tree_path: z.string().nullable(),
  node_count: count,
  maximize: z.boolean().nullable(),
  stopped_by: stoppedBy,
  usage: searchUsage,
}).readonly();

export const searchEvent: z.ZodType<SearchEvent> = z.union([
  z.strictObject({ type: z.literal("started"), steps: count, maximize: z.boolean().nullable() }).readonly(),
  z.strictObject({
    type: z.literal("node_started"),
    node_id: word,
    parent_id: word.nullable(),
    stage: nodeStage,
    reason: z.string(),
  }).readonly(),
  z.strictObject({ type: z.literal("node_finished"), node: nodeRecord, best: z.boolean() }).readonly(),
  z.strictObject({ type: z.literal("progress"), text: z.string() }).readonly(),
  z.strictObject({ type: z.literal("finished"), stopped_by: stoppedBy, node_count: count }).readonly(),
]);
