/**
 * Schemas of what is asked of models, and answered.
 *
 * @module
 */

import { z } from "zod";
import type {
  Hint,
  ModelMessage,
  ModelRequest,
  ModelResponse,
  ModelRole,
  ModelRoute,
  ModelTool,
  ToolChoice,
} from "../../ports/model.ts";
import { jsonObject } from "./json.ts";
import { count, tokenUsage, word } from "./values.ts";

const texts = z.record(z.string(), z.string());

export const modelRole: z.ZodType<ModelRole> = z.enum(["code", "feedback"]);

export const modelRoute: z.ZodType<ModelRoute> = z.strictObject({
  model_name: word,
  base_url: z.url().nullable(),
  key_env: word.nullable(),
  extra_env: texts,
  judge_capable: z.boolean(),
  kind: z.enum(["api", "openai-compat", "cli-bridge", "proxy"]),
  attribution_headers: texts,
}).readonly();

export const hint: z.ZodType<Hint> = z.strictObject({
  level: z.enum(["error", "warning"]),
  provider: word,
  role: modelRole,
  variable: word.nullable(),
  message: word,
  fix: word.nullable(),
}).readonly();

const textPart = z.strictObject({ type: z.literal("text"), text: z.string() }).readonly();
const imagePart = z.strictObject({ type: z.literal("image"), media_type: word, data: z.base64() }).readonly();
const toolUsePart = z.strictObject({ type: z.literal("tool_use"), id: word, name: word, input: jsonObject }).readonly();
const toolResultPart = z.strictObject({
  type: z.literal("tool_result"),
  tool_use_id: word,
  content: z.array(z.union([textPart, imagePart])).readonly(),
  is_error: z.boolean(),
}).readonly();
const answerParts = z.array(z.union([textPart, toolUsePart])).readonly();

export const modelMessage: z.ZodType<ModelMessage> = z.discriminatedUnion("role", [
  z.strictObject({
    role: z.literal("user"),
    content: z.array(z.union([textPart, imagePart, toolResultPart])).readonly(),
  }).readonly(),
  z.strictObject({ role: z.literal("assistant"), content: answerParts }).readonly(),
]);

export const modelTool: z.ZodType<ModelTool> = z.strictObject({
  name: word,
  description: z.string(),
  parameters: jsonObject,
}).readonly();

export const toolChoice: z.ZodType<ToolChoice> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(["auto", "any", "none"]) }).readonly() as never,
  z.strictObject({ type: z.literal("tool"), name: word }).readonly() as never,
]);

export const modelRequest: z.ZodType<ModelRequest> = z.strictObject({
  role: modelRole,
  model: word.optional(),
  system: z.string().optional(),
  messages: z.array(modelMessage).readonly(),
  tools: z.array(modelTool).readonly().optional(),
  tool_choice: toolChoice.optional(),
  max_tokens: count.positive(),
  temperature: z.number().nonnegative().optional(),
  stop: z.array(word).readonly().optional(),
  metadata: texts.optional(),
}).readonly().superRefine(({ messages, tools = [], tool_choice }, context) => {
  const wrong = (message: string) => context.addIssue({ code: "custom", message });
  if (messages[0]?.role !== "user") wrong("the first message is the user's");
  if (tool_choice?.type === "any" && tools.length === 0) wrong("tool_choice needs tools");
  if (tool_choice?.type === "tool" && !tools.some(({ name }) => name === tool_choice.name)) {
    wrong(`tool_choice names no tool of the request: ${tool_choice.name}`);
  }
});

export const modelResponse: z.ZodType<ModelResponse> = z.strictObject({
  model: word,
  content: answerParts,
  stop_reason: z.enum(["end", "max_tokens", "stop", "tool_use", "refusal"]),
  usage: tokenUsage,
}).readonly();
