/**
 * A model in memory: it answers from the request alone.
 *
 * @module
 */

import { interrupted, LoomError } from "../../errors.ts";
import type {
  Hint,
  ModelDelta,
  ModelProvider,
  ModelRequest,
  ModelResponse,
  ModelRole,
  ModelRoute,
} from "../../ports/model.ts";
import { answer, forcedTool } from "./answers.ts";

/** What a model in memory is like. */
export interface MemoryModelOptions {
  /** `memory` unless given. */
  readonly name?: string;
  /** What is different in the route of a role. */
  readonly routes?: Readonly<Partial<Record<ModelRole, Partial<ModelRoute>>>>;
  /** Variables of the process, asked each time; none unless given. */
  readonly environment?: () => Readonly<Record<string, string>>;
  /** What it says; a short sentence unless given. */
  readonly reply?: (request: ModelRequest) => string;
}

const ROUTE: ModelRoute = {
  model_name: "memory-1",
  base_url: null,
  key_env: null,
  extra_env: {},
  judge_capable: true,
  kind: "api",
  attribution_headers: {},
};

/**
 * A model that needs no network. It calls the tool that it must, with arguments that fit the tool's schema.
 *
 * @example Usage
 * ```ts
 * import { memoryModel } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = memoryModel({ reply: () => "Forty-two." });
 * const { content } = await model.complete(
 *   { role: "code", max_tokens: 10, messages: [{ role: "user", content: [{ type: "text", text: "6 x 7?" }] }] },
 *   new AbortController().signal,
 * );
 * deepEqual(content, [{ type: "text", text: "Forty-two." }]);
 * ```
 */
export function memoryModel(options: MemoryModelOptions = {}): ModelProvider {
  const { name = "memory", routes = {}, environment = nothing, reply = () => "It is as you say." } = options;
  const resolve = (role: ModelRole): ModelRoute => ({ ...ROUTE, ...routes[role] });
  const hints = (role: ModelRole): readonly Hint[] => {
    const { key_env } = resolve(role);
    return key_env === null || environment()[key_env] ? [] : [missing(name, role, key_env)];
  };
  return {
    name,
    resolve,
    preflight: (role) => Promise.resolve(hints(role)),
    async complete(request, signal, onDelta) {
      for (const hint of hints(request.role)) throw missingKey(hint);
      const route = resolve(request.role);
      if (forcedTool(request) !== undefined && !route.judge_capable) throw refusedTool(name, route);
      // A caller that aborts right after its call has done so by the next turn.
      await Promise.resolve();
      if (signal.aborted) throw interrupted("The model was called off");
      const filling = { text: reply(request), number: 0, boolean: false };
      return await told(answer(request, filling, request.model ?? route.model_name), onDelta);
    },
  };
}

function nothing(): Readonly<Record<string, string>> {
  return {};
}

/** Words of the response go out one by one, before it as a whole. */
async function told(response: ModelResponse, onDelta: ModelDelta = () => {}): Promise<ModelResponse> {
  for (const part of response.content) {
    if (part.type === "text") { for (const word of part.text.split(/(?<= )/)) await onDelta(word); }
  }
  return response;
}

function missing(provider: string, role: ModelRole, variable: string): Hint {
  const message = `The ${role} role of ${provider} has no key: ${variable} is not set`;
  return { level: "error", provider, role, variable, message, fix: `export ${variable}=…` };
}

function missingKey({ message, fix, variable, role, provider }: Hint): LoomError {
  return new LoomError("missing-key", message, { hint: fix ?? undefined, data: { variable, role, provider } });
}

function refusedTool(provider: string, { model_name }: ModelRoute): LoomError {
  return new LoomError("model-refused-tool", `Model '${model_name}' of ${provider} cannot be made to call a tool`, {
    hint: "take another model for the feedback role",
    data: { provider, model: model_name },
  });
}
