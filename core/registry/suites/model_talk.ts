/**
 * How a model is asked in a case: with its key, or, where that is missing, only to see that it refuses.
 *
 * @module
 */

import type {
  ModelProvider,
  ModelRequest,
  ModelResponse,
  ModelRole,
  ModelRoute,
  ModelTool,
} from "../../ports/model.ts";
import { modelResponse, modelRoute } from "../schemas/model.ts";
import { faultText } from "../base/fault.ts";
import type { ContractTools } from "./case.ts";
import { answered, broken, holds, refuses } from "./expect.ts";

export const ROLES: readonly ModelRole[] = ["code", "feedback"];

/** The verdict that the feedback role is asked for. */
export const REVIEW: ModelTool = {
  name: "submit_review",
  description: "Say how the candidate did.",
  parameters: {
    type: "object",
    properties: {
      is_bug: { type: "boolean" },
      summary: { type: "string" },
      metric: { type: ["number", "null"] },
      lower_is_better: { type: "boolean" },
    },
    required: ["is_bug", "summary", "metric", "lower_is_better"],
    additionalProperties: false,
  },
};

/** A question that every model can answer in a few words. */
export function question(role: ModelRole, more: Partial<ModelRequest> = {}): ModelRequest {
  return {
    role,
    messages: [{ role: "user", content: [{ type: "text", text: "Say hello in one short sentence." }] }],
    max_tokens: 200,
    ...more,
  };
}

/** The same, to be answered by the tool. */
export function review(role: ModelRole): ModelRequest {
  const text = "The program printed 'accuracy 0.9' and ended well. Review it.";
  return question(role, {
    messages: [{ role: "user", content: [{ type: "text", text }] }],
    tools: [REVIEW],
    tool_choice: { type: "tool", name: REVIEW.name },
  });
}

/** The route of a role, checked. */
export async function routeOf(model: ModelProvider, role: ModelRole): Promise<ModelRoute> {
  const route = modelRoute.safeParse(await model.resolve(role));
  return route.success ? route.data : broken(`resolve(${role}) gave what is no route: ${faultText(route.error)}`);
}

/** The variable that the role lacks, if it does. */
export async function lackedBy(
  model: ModelProvider,
  role: ModelRole,
  tools: ContractTools,
): Promise<string | undefined> {
  const { key_env } = await routeOf(model, role);
  return key_env === null || tools.environment()[key_env] ? undefined : key_env;
}

/** What a case asks, and what it does with a response that is checked. */
export interface Asking {
  readonly request: ModelRequest;
  readonly signal?: AbortSignal;
  readonly onDelta?: (text: string) => void;
}

/** The response; `undefined` if the key is missing, in which case the model has refused in the right way. */
export async function ask(
  model: ModelProvider,
  asking: Asking,
  tools: ContractTools,
): Promise<ModelResponse | undefined> {
  const { request, signal = new AbortController().signal, onDelta } = asking;
  const lacked = await lackedBy(model, request.role, tools);
  const work = () => answered(model.complete(request, signal, onDelta), tools, "complete()");
  if (lacked !== undefined) return void await refusesWithout(lacked, work);
  const response = modelResponse.safeParse(await work());
  return response.success ? response.data : broken(`complete() gave what is no response: ${faultText(response.error)}`);
}

/** It is refused for want of the key, which is named. */
async function refusesWithout(variable: string, work: () => Promise<unknown>): Promise<void> {
  const error = await refuses(work, ["missing-key"], "complete() without a key");
  holds(error.message.includes(variable), `The error does not name ${variable}: ${error.message}`);
}
