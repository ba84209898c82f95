import { Faults } from "../base/faults.ts";
import { LoopConfigError } from "../base/errors.ts";
import type { Later } from "../../ports/loop_store.ts";
import type { Asked, Cost, Detector, ProviderUsage } from "../types/mod.ts";
import { checkKeys } from "./checks.ts";
import { checkOften, judged, type JudgeMemory, type JudgeOptions } from "./judge.ts";
import { whenReady } from "./ready.ts";

/** What a model answered. */
export interface LlmReply {
  readonly text: string;
  /** As the provider reports it, or what the call cost; charged to the run. */
  readonly usage?: ProviderUsage | Cost;
  /** For the price of `usage`. */
  readonly model?: string;
}

/** How a model is asked whether a state is good enough. */
export interface LlmJudgeOptions<S> extends JudgeOptions {
  /** Calls the model; loom calls none itself. Hand `signal` and `maxTokens` on. */
  readonly call: (prompt: string, options: { signal: AbortSignal; maxTokens: number }) => Later<LlmReply>;
  /** What to ask; must ask for yes or no. */
  readonly prompt: string;
  /** The text to be judged. */
  readonly text: (state: S) => string;
  /** What a call costs at most: held before it is made, so that no budget is passed. */
  readonly max?: Cost;
}

/** Yes or no needs no more. */
const maxTokens = 8;
const separator = "\n\n---\n\n";

/**
 * Ends a loop when a model, asked about its state, says yes.
 *
 * It is sent the prompt, a separator line and the text, and is done if the reply, trimmed, starts with `Y` or `y`. It is
 * told to use 8 tokens at most. Its usage is charged to the run. It is never asked for a failed step.
 *
 * @example Usage
 * ```ts
 * import { llmJudge } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const detector = llmJudge({
 *   call: (prompt) => ({ text: prompt.includes("Bonjour") ? "Yes" : "No", usage: { usd: 0.0001 } }),
 *   prompt: "Is this French? Answer yes or no.",
 *   text: (state: { draft: string }) => state.draft,
 * });
 * equal(detector.descriptor.kind, "llmJudge");
 * ```
 *
 * @param options The call, the question, the text, and how often.
 * @returns For `convergeOn`.
 * @throws {LoopConfigError} With everything that is wrong with the options.
 */
export function llmJudge<S = unknown>(options: LlmJudgeOptions<S>): Detector<S, JudgeMemory> {
  const often = check(options);
  const { prompt, text } = options;
  const isGood = (state: S, asked: Asked<S>) =>
    whenReady(paid(options, `${prompt}${separator}${text(state)}`, asked), saysYes);
  return { descriptor: { kind: "llmJudge", prompt, ...often }, ...judged("llmJudge", isGood, often) };
}

function check<S>(options: LlmJudgeOptions<S>): Required<JudgeOptions> {
  const faults = new Faults();
  checkKeys(faults, options, ["call", "prompt", "text", "max", "every", "agree"]);
  const { call, prompt, text, ...often } = options ?? {};
  faults.function(call, "call", true);
  faults.function(text, "text", true);
  if (typeof prompt !== "string" || prompt.trim() === "") faults.add("prompt must be a text that is not empty");
  const settings = checkOften(faults, often);
  faults.throwIfAny("llmJudge() cannot be made");
  return settings;
}

/** The call, with its money held before and charged after it. A call that fails is charged what was held. */
function paid<S>({ call, max }: LlmJudgeOptions<S>, prompt: string, asked: Asked<S>): Later<LlmReply> {
  const send = () => call(prompt, { signal: asked.signal, maxTokens });
  if (max === undefined) return whenReady(send(), (reply) => charged(reply, (usage) => asked.spend(usage)));
  const held = asked.reserve(max);
  return whenReady(held.stored, () => whenReady(send(), (reply) => charged(reply, (usage) => held.settle(usage))));
}

function charged(reply: LlmReply, charge: (usage: Cost | ProviderUsage) => void): LlmReply {
  const { usage, model } = reply;
  if (usage !== undefined) charge("usd" in usage || "tokens" in usage ? usage : { usage, model });
  return reply;
}

function saysYes({ text }: LlmReply): boolean {
  if (typeof text === "string") return /^\s*y/i.test(text);
  throw new LoopConfigError(`llmJudge() got no text from its call, but ${String(text)}`, {
    hint: "let call return { text, usage?, model? }",
  });
}
