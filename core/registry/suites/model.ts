/**
 * What every provider of models keeps to.
 *
 * @module
 */

import type { ModelProvider, ModelRole } from "../../ports/model.ts";
import { hint } from "../schemas/model.ts";
import { faultText } from "../base/fault.ts";
import type { ContractCase, ContractTools } from "./case.ts";
import { answered, broken, holds, keepsSecrets, refuses, same } from "./expect.ts";
import { ask, lackedBy, question, REVIEW, review, ROLES, routeOf } from "./model_talk.ts";

type Case = ContractCase<ModelProvider>;

/** One case for each role. */
function forRoles(
  sentence: string,
  work: (model: ModelProvider, role: ModelRole, tools: ContractTools) => Promise<void>,
): readonly Case[] {
  return ROLES.map((role) => ({
    name: `${sentence} (${role})`,
    run: async (subject, tools) => await work(await subject(), role, tools),
  }));
}

const routes: readonly Case[] = [
  ...forRoles("resolve() gives a route, and the same again", async (model, role) => {
    same(await routeOf(model, role), await routeOf(model, role), "Two routes of one role");
  }),
  {
    name: "resolve() of one role does not change the other",
    async run(subject, tools) {
      const [fresh, used] = [await subject(), await subject()];
      const before = await routeOf(fresh, "code");
      await routeOf(used, "feedback");
      await used.preflight("feedback");
      if (await lackedBy(used, "feedback", tools) === undefined) {
        await ask(used, { request: question("feedback") }, tools);
      }
      same(await routeOf(used, "code"), before, "Route of the code role");
    },
  },
  ...forRoles(
    "preflight() tells of the key that is missing, by name, and of none that is there",
    async (model, role, tools) => {
      const hints = (await answered(model.preflight(role), tools, "preflight()")).map((given) => {
        const checked = hint.safeParse(given);
        return checked.success ? checked.data : broken(`preflight() gave what is no hint: ${faultText(checked.error)}`);
      });
      for (const it of hints) same([it.provider, it.role], [model.name, role], "Provider and role of a hint");
      const { key_env } = await routeOf(model, role);
      const about = hints.filter((it) => it.level === "error" && it.variable === key_env && key_env !== null);
      const lacked = await lackedBy(model, role, tools);
      same(about.length, lacked === undefined ? 0 : 1, `Hints about ${key_env}`);
      for (const { message, fix } of about) {
        holds(`${message} ${fix}`.includes(`${key_env}`), `The hint does not name ${key_env}: ${message}`);
      }
    },
  ),
];

const answers: readonly Case[] = [
  ...forRoles("complete() answers with text", async (model, role, tools) => {
    const response = await ask(model, { request: question(role) }, tools);
    if (response === undefined) return;
    const text = response.content.map((part) => part.type === "text" ? part.text : "").join("");
    holds(text.trim() !== "", "complete() gave no text");
    holds(response.content.every(({ type }) => type === "text"), "complete() called a tool that there was not");
  }),
  ...forRoles("complete() tells what it used", async (model, role, tools) => {
    const response = await ask(model, { request: question(role) }, tools);
    if (response === undefined) return;
    const { input, output, cache_read, cache_write } = response.usage;
    holds(input + cache_read + cache_write > 0, "complete() read no token of the request");
    holds(output > 0, "complete() wrote no token, though it answered");
  }),
  ...forRoles("complete() streams, if at all, the text of its response", async (model, role, tools) => {
    const heard: string[] = [];
    const response = await ask(model, { request: question(role), onDelta: (text) => void heard.push(text) }, tools);
    if (response === undefined || heard.length === 0) return;
    const text = response.content.map((part) => part.type === "text" ? part.text : "").join("");
    same(heard.join(""), text, "What was streamed");
  }),
  ...forRoles("complete() calls the tool that it is made to call, or refuses", async (model, role, tools) => {
    const { judge_capable } = await routeOf(model, role);
    const lacked = await lackedBy(model, role, tools);
    const request = review(role);
    if (!judge_capable && lacked === undefined) {
      const work = () => answered(model.complete(request, new AbortController().signal), tools, "complete()");
      return void await refuses(work, ["model-refused-tool"], "complete() with a tool");
    }
    const response = await ask(model, { request }, tools);
    if (response !== undefined) checkReview(response);
  }),
  ...forRoles("complete() calls no tool when it must not", async (model, role, tools) => {
    const request = question(role, { tools: [REVIEW], tool_choice: { type: "none" } });
    const response = await ask(model, { request }, tools);
    holds(response?.content.every(({ type }) => type === "text") ?? true, "complete() called a tool");
  }),
  ...forRoles("complete() refuses to be made to call a tool that is not offered", async (model, role, tools) => {
    const request = question(role, { tools: [REVIEW], tool_choice: { type: "tool", name: "no_such_tool" } });
    const work = () => answered(model.complete(request, new AbortController().signal), tools, "complete()");
    const { judge_capable } = await routeOf(model, role);
    const isKeyless = await lackedBy(model, role, tools) !== undefined;
    const codes = [...(isKeyless ? ["missing-key"] : []), ...(judge_capable ? [] : ["model-refused-tool"])];
    await refuses(work, ["bad-value", ...codes], "complete()");
  }),
  ...forRoles("complete() goes on after a tool's result", async (model, role, tools) => {
    const call = { type: "tool_use" as const, id: "call_1", name: REVIEW.name, input: { is_bug: false } };
    const content = [{ type: "text" as const, text: "Stored." }];
    const result = { type: "tool_result" as const, tool_use_id: "call_1", content, is_error: false };
    const { messages } = review(role);
    const request = question(role, {
      messages: [...messages, { role: "assistant", content: [call] }, { role: "user", content: [result] }],
      tools: [REVIEW],
    });
    const response = await ask(model, { request }, tools);
    holds(response === undefined || response.content.length > 0, "complete() had nothing to say");
  }),
];

const manners: readonly Case[] = [
  ...forRoles("complete() is called off by its signal, before and meanwhile", async (model, role, tools) => {
    const lacked = await lackedBy(model, role, tools);
    const codes = lacked === undefined ? ["interrupted"] : ["interrupted", "missing-key"];
    const call = (signal: AbortSignal) => answered(model.complete(question(role), signal), tools, "complete()");
    await refuses(() => call(AbortSignal.abort()), codes, "complete() with a signal that has aborted");
    const controller = new AbortController();
    const work = call(controller.signal);
    controller.abort();
    await refuses(() => work, codes, "complete() with a signal that aborts");
    await ask(model, { request: question(role) }, tools);
  }),
  {
    name: "complete() answers both roles at once",
    async run(subject, tools) {
      const model = await subject();
      await Promise.all(ROLES.map((role) => ask(model, { request: question(role) }, tools)));
    },
  },
  ...forRoles("it changes no variable of the process", async (model, role, tools) => {
    const before = { ...tools.environment() };
    await routeOf(model, role);
    await model.preflight(role);
    await ask(model, { request: question(role) }, tools);
    same({ ...tools.environment() }, before, "Variables afterwards");
  }),
  ...forRoles("it gives away no secret", async (model, role, tools) => {
    keepsSecrets(await routeOf(model, role), tools, "The route");
    keepsSecrets(await model.preflight(role), tools, "A hint");
    const { signal } = new AbortController();
    const wrong = [question(role, { max_tokens: 0 }), question(role, { messages: [] }), review(role), question(role)];
    for (const request of wrong) {
      const told = await answered(model.complete(request, signal).catch((error) => error), tools, "complete()");
      keepsSecrets(told, tools, told instanceof Error ? "An error" : "A response");
    }
  }),
];

function checkReview(response: NonNullable<Awaited<ReturnType<typeof ask>>>): void {
  const call = response.content.find((part) => part.type === "tool_use");
  if (call === undefined) broken(`complete() answered with text, though it was made to call ${REVIEW.name}`);
  same([call.name, response.stop_reason], [REVIEW.name, "tool_use"], "The tool, and why the response ended");
  const { is_bug, summary, metric, lower_is_better } = call.input;
  const types = [typeof is_bug, typeof summary, metric === null ? "number" : typeof metric, typeof lower_is_better];
  same(types, ["boolean", "string", "number", "boolean"], "Types of the arguments");
}

/**
 * What every {@linkcode ModelProvider} keeps to. Where the key of a role is not in the environment, its calls are tried
 * for how they refuse; where it is, for what they answer.
 *
 * @example A provider of one's own
 * ```ts
 * import { memoryModel, memoryTools, modelSuite, trySuite } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const outcomes = await trySuite(modelSuite, () => Promise.resolve(memoryModel()), memoryTools());
 * deepEqual(outcomes.filter(({ error }) => error !== undefined), []);
 * ```
 */
export const modelSuite: readonly ContractCase<ModelProvider>[] = [...routes, ...answers, ...manners];
