/**
 * Answers of a model that was never asked: made of the request alone.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import type { ModelRequest, ModelResponse, ModelTool, ToolUsePart } from "../../ports/model.ts";
import type { Json } from "../../ports/tool.ts";
import type { JsonObject } from "../../ports/values.ts";

/** What the answers are filled with. */
export interface Filling {
  readonly text: string;
  readonly number: number;
  readonly boolean: boolean;
}

/** A response to the request: a call of the tool that it forces, else the text. */
export function answer(request: ModelRequest, filling: Filling, model = "memory-1"): ModelResponse {
  const tool = forcedTool(request);
  const usage = { input: sizeOf(request), output: filling.text.length, cache_read: 0, cache_write: 0 };
  if (tool === undefined) {
    return { model, content: [{ type: "text", text: filling.text }], stop_reason: "end", usage };
  }
  const call: ToolUsePart = { type: "tool_use", id: "call_1", name: tool.name, input: inputOf(tool, filling) };
  return { model, content: [call], stop_reason: "tool_use", usage };
}

/** The tool that a response must call, if the request says so. */
export function forcedTool({ tools = [], tool_choice }: ModelRequest): ModelTool | undefined {
  if (tool_choice?.type === "any") return tools[0];
  if (tool_choice?.type !== "tool") return undefined;
  const found = tools.find(({ name }) => name === tool_choice.name);
  if (found === undefined) throw new LoomError("bad-value", `The request has no tool '${tool_choice.name}' to force`);
  return found;
}

/** Arguments that fit the tool's schema, as far as types go. */
function inputOf({ parameters }: ModelTool, filling: Filling): JsonObject {
  const properties = Object.entries(asObject(parameters.properties));
  return Object.fromEntries(properties.map(([name, schema]) => [name, valueOf(asObject(schema), filling)]));
}

function valueOf(schema: JsonObject, filling: Filling): Json {
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const type = types.find((it) => it !== "null");
  if (type === "number" || type === "integer") return filling.number;
  if (type === "boolean") return filling.boolean;
  if (type === "array") return [];
  return type === "object" ? {} : filling.text;
}

function asObject(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as JsonObject : {};
}

/** About four characters are a token. */
function sizeOf(request: ModelRequest): number {
  return Math.ceil(JSON.stringify(request.messages).length / 4);
}
