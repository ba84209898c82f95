import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { entriesOf, FakeAsked, firedAt, problemsOf, type Told } from "./fake_run_test.ts";
import { judge } from "./judge.ts";
import { llmJudge } from "./llm_judge.ts";
import { predicate } from "./predicate.ts";

const states = (...texts: string[]): Told<string>[] => texts.map((state) => ({ state }));
const isGood = (state: string) => state.includes("good");

Deno.test("judge() stops when it says true", async () => {
  deepEqual(await firedAt(judge(isGood), states("bad", "good", "bad", "good")), [1, 3]);
});

Deno.test("judge() awaits a promise, whose false is not taken for a yes", async () => {
  deepEqual(await firedAt(judge((state: string) => Promise.resolve(isGood(state))), states("bad", "good")), [1]);
});

Deno.test("judge() takes nothing but true for a yes", async () => {
  for (const answer of ["yes", 1, {}, null, undefined]) {
    deepEqual(await firedAt(judge(() => answer as never), states("a", "b")), [], String(answer));
  }
});

Deno.test("judge() is not asked for a failed step, which breaks no row of yes", async () => {
  const asked: string[] = [];
  const detector = judge((state: string) => asked.push(state) > 0, { agree: 2 });
  deepEqual(await firedAt(detector, [{ state: "a" }, { state: "a", status: "error" }, { state: "b" }]), [2]);
  deepEqual(asked, ["a", "b"]);
});

Deno.test("judge() is asked after every so many steps, and must agree in a row", async () => {
  const told = states("good", "good", "x", "good", "x", "good", "x", "good");
  deepEqual(await firedAt(judge(isGood, { every: 2 }), told), [1, 3, 5, 7]);
  deepEqual(await firedAt(judge(isGood, { agree: 2 }), states("good", "bad", "good", "good", "good")), [3, 4]);
});

Deno.test("judge() answers at once when its function does", () => {
  const [entry] = entriesOf<string>(states("good"));
  deepEqual(judge(isGood).observe({ since: 0, yes: 0 }, entry, new FakeAsked()), {
    memory: { since: 0, yes: 1 },
    reason: "judge",
  });
});

Deno.test("judge() refuses everything that is wrong at once", () => {
  equal(problemsOf(() => judge("no" as never, { every: 0, agree: 1.5 })).length, 3);
});

Deno.test("predicate() sees the history, failed steps too, and is awaited", async () => {
  const told: Told<string>[] = [1, "Error: no", 2];
  deepEqual(await firedAt(predicate((history) => history.last?.error === "Error: no"), told), [1]);
  deepEqual(await firedAt(predicate((history) => Promise.resolve(history.length === 3)), told), [2]);
  deepEqual(await firedAt(predicate(() => "yes" as never), told), []);
});

Deno.test("llmJudge() sends prompt, separator and text with a cap, and takes a Y for yes", async () => {
  const sent: unknown[] = [];
  const replies = ["No, yet", "  yes.\n", "Nay", "Y"];
  const detector = llmJudge({
    prompt: "Is it done?",
    text: (state: string) => state,
    call: (prompt, { maxTokens, signal }) => {
      sent.push([prompt, maxTokens, signal.aborted]);
      return Promise.resolve({ text: replies[sent.length - 1] });
    },
  });
  deepEqual(await firedAt(detector, states("a", "b", "c", "d")), [1, 3]);
  deepEqual(sent[0], ["Is it done?\n\n---\n\na", 8, false]);
});

Deno.test("llmJudge() charges the run for its usage, with the model that prices it", async () => {
  const usage = { input_tokens: 10, output_tokens: 1 };
  const options = { prompt: "Done?", text: String, call: () => ({ text: "no", usage, model: "m" }) };
  const soft = new FakeAsked<string>();
  await firedAt(llmJudge(options), states("a"), soft);
  deepEqual(soft.journal, [{ spend: { usage, model: "m" } }]);

  const held = new FakeAsked<string>();
  await firedAt(llmJudge({ ...options, max: { usd: 0.01 } }), states("a"), held);
  deepEqual(held.journal, [{ reserve: { usd: 0.01 } }, { settle: { usage, model: "m" } }]);
});

Deno.test("llmJudge() charges a cost as it is", async () => {
  const asked = new FakeAsked<string>();
  const call = () => ({ text: "no", usage: { usd: 0.002 } });
  await firedAt(llmJudge({ prompt: "Done?", text: String, call }), states("a"), asked);
  deepEqual(asked.journal, [{ spend: { usd: 0.002 } }]);
});

Deno.test("llmJudge() leaves what it held for a call that failed to be charged whole", async () => {
  const asked = new FakeAsked<string>();
  const call = () => Promise.reject(new Error("overloaded"));
  const detector = llmJudge({ prompt: "Done?", text: String, call, max: { usd: 1 } });
  await rejects(firedAt(detector, states("a"), asked), /overloaded/);
  deepEqual(asked.journal, [{ reserve: { usd: 1 } }]);
});

Deno.test("llmJudge() says so when its call gives no text", async () => {
  const detector = llmJudge({ prompt: "Done?", text: String, call: () => ({}) as never });
  await rejects(firedAt(detector, states("a")), { code: "LOOP_CONFIG_ERROR" });
});

Deno.test("llmJudge() refuses everything that is wrong at once", () => {
  equal(problemsOf(() => llmJudge({ prompt: " ", every: -1 } as never)).length, 4);
});
