/**
 * Language models: one request, one response.
 *
 * @module
 */

import type { Later } from "./loop_store.ts";
import type { JsonObject, TokenUsage } from "./values.ts";

/** What a model is asked for: to write code, or to judge it. Each has its own provider, model and key. */
export type ModelRole = "code" | "feedback";

/** How a model is reached. */
export type RouteKind = "api" | "openai-compat" | "cli-bridge" | "proxy";

/** Where requests of a role go. Keys are named, never held. */
export interface ModelRoute {
  readonly model_name: string;
  /** `null` if no address is involved. */
  readonly base_url: string | null;
  /** Environment variable that holds the key; `null` if none is needed. */
  readonly key_env: string | null;
  /** Variables, by name, that a child process needs; never added to the process's own. */
  readonly extra_env: Readonly<Record<string, string>>;
  /** Whether it can be made to answer by a tool. */
  readonly judge_capable: boolean;
  readonly kind: RouteKind;
  readonly attribution_headers: Readonly<Record<string, string>>;
}

/** Something that has to be done before a model can be asked. */
export interface Hint {
  /** `error`: it cannot be asked like this; `warning`: it may turn out so. */
  readonly level: "error" | "warning";
  readonly provider: string;
  readonly role: ModelRole;
  /** Environment variable it is about. Its value is never told. */
  readonly variable: string | null;
  /** What is wrong. Capital first, no full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string | null;
}

/** Text. */
export interface TextPart {
  readonly type: "text";
  readonly text: string;
}

/** An image. `data` is base64. */
export interface ImagePart {
  readonly type: "image";
  readonly media_type: string;
  readonly data: string;
}

/** A model wants a tool called. */
export interface ToolUsePart {
  readonly type: "tool_use";
  readonly id: string;
  readonly name: string;
  /** Checked against the tool's schema before it is used. */
  readonly input: JsonObject;
}

/** What came of the call with this id. */
export interface ToolResultPart {
  readonly type: "tool_result";
  readonly tool_use_id: string;
  readonly content: readonly (TextPart | ImagePart)[];
  readonly is_error: boolean;
}

/** A piece of a message. */
export type ModelPart = TextPart | ImagePart | ToolUsePart | ToolResultPart;

/** One message. Images and results of tools are the user's, calls of tools the assistant's. */
export type ModelMessage =
  | { readonly role: "user"; readonly content: readonly (TextPart | ImagePart | ToolResultPart)[] }
  | { readonly role: "assistant"; readonly content: readonly (TextPart | ToolUsePart)[] };

/** A tool that a model may call. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly parameters: JsonObject;
}

/** Whether a tool is called: as the model likes, one of them, none, or this one. */
export type ToolChoice =
  | { readonly type: "auto" }
  | { readonly type: "any" }
  | { readonly type: "none" }
  | { readonly type: "tool"; readonly name: string };

/** What a model is asked. */
export interface ModelRequest {
  readonly role: ModelRole;
  /** The route's own unless given. */
  readonly model?: string;
  readonly system?: string;
  /** At least one; the first is the user's. */
  readonly messages: readonly ModelMessage[];
  readonly tools?: readonly ModelTool[];
  /** `auto` unless given. */
  readonly tool_choice?: ToolChoice;
  /** Tokens of the response, at least 1. */
  readonly max_tokens: number;
  /** Left out where the model does not take it. */
  readonly temperature?: number;
  /** Texts that end the response; they are not part of it. */
  readonly stop?: readonly string[];
  /** For logs of a gateway, such as the experiment. Never a secret. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Why a response ended. */
export type StopReason = "end" | "max_tokens" | "stop" | "tool_use" | "refusal";

/** What a model has answered. What it cost is a matter of the table of prices. */
export interface ModelResponse {
  /** As the provider names it. */
  readonly model: string;
  readonly content: readonly (TextPart | ToolUsePart)[];
  readonly stop_reason: StopReason;
  readonly usage: TokenUsage;
}

/** A piece of text of a response that is still coming. */
export type ModelDelta = (text: string) => Later<void>;

/**
 * One way to ask models.
 *
 * Roles do not know of each other. A provider reads keys when it needs them and changes no environment; an error never
 * holds one. A request whose `tool_choice` names a tool is answered by a call of it, or with an error, never with text.
 *
 * @example A model that repeats
 * ```ts
 * import type { ModelProvider, ModelRequest } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const echo: ModelProvider = {
 *   name: "echo",
 *   resolve: () => ({
 *     model_name: "echo-1",
 *     base_url: null,
 *     key_env: null,
 *     extra_env: {},
 *     judge_capable: false,
 *     kind: "api",
 *     attribution_headers: {},
 *   }),
 *   preflight: () => Promise.resolve([]),
 *   complete: ({ messages }) => {
 *     const said = messages.at(-1)?.content.find((part) => part.type === "text");
 *     const usage = { input: 3, output: 3, cache_read: 0, cache_write: 0 };
 *     return Promise.resolve({ model: "echo-1", content: said ? [said] : [], stop_reason: "end", usage });
 *   },
 * };
 * const hello: ModelRequest = {
 *   role: "code",
 *   max_tokens: 10,
 *   messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
 * };
 * const { content } = await echo.complete(hello, new AbortController().signal);
 * equal(content[0].type === "text" && content[0].text, "Hi");
 * ```
 */
export interface ModelProvider {
  readonly name: string;
  /** Touches nothing. */
  resolve(role: ModelRole): Later<ModelRoute>;
  /** What is missing, without asking the model; none if it can be asked. */
  preflight(role: ModelRole): Promise<readonly Hint[]>;
  /**
   * One response. Texts of it go to `onDelta` as they come, where the model tells them.
   *
   * @throws {LoomError} `interrupted` if the signal aborts, `missing-key`, `model-refused-tool`, `model-failed`.
   */
  complete(request: ModelRequest, signal: AbortSignal, onDelta?: ModelDelta): Promise<ModelResponse>;
}
