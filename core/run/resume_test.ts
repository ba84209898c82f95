import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { endings, fakeProject } from "../../tests/support/fake_project.ts";
import { memoryStores } from "../../tests/support/memory_store.ts";
import { requestOf } from "../../tests/support/runs.ts";
import { Float, type Value } from "../yaml/value.ts";
import type { Stores } from "../ports/store.ts";
import { recordOf } from "./recorded_request.ts";

const CHAIN = `
data: {x: out/x, y: out/y}
parameters: {lr: 1, api_key: none}
pipeline:
  - {name: print, task: print.py}
  - {name: a, task: a.py, outputs: {--out: $x}, args: {--lr: $lr}}
  - {name: b, task: b.py, inputs: {i: $x}, outputs: {--out: $y}}
`;

function failingOnce(name: string) {
  let left = 1;
  return {
    script: ({ argv }: { readonly argv: readonly string[] }) => ({
      exitCode: argv[1].endsWith(`${name}.py`) && left-- > 0 ? 1 : 0,
    }),
  };
}

function set(values: Readonly<Record<string, Value>>) {
  return { overrides: { parameters: new Map(Object.entries(values)), data: new Map<string, string>() } };
}

Deno.test("resume() goes on with what the last run was asked for, and repeats nothing that it finished", async () => {
  const it = fakeProject(CHAIN, failingOnce("b"));
  it.write("out/x", "made");
  await it.run(set({ lr: new Float(0.5) }));
  const { events, status } = await it.run({ resume: true });
  deepEqual(endings(events), { print: "skipped: fresh", a: "skipped: fresh", b: "done" });
  equal(status, "done");
  equal(it.started().filter(([script]) => script === "/w/print.py").length, 1);
});

Deno.test("resume() refuses when there is nothing to go on with, and says what to do", async () => {
  const it = fakeProject(CHAIN);
  await rejects(it.run({ resume: true }), { code: "nothing-to-resume", message: /it has never run here/ });
  await it.run();
  await rejects(it.run({ resume: true }), { code: "nothing-to-resume", message: /its last run \w{12} succeeded/ });
});

Deno.test("resume() asks again for a value that was not kept because it looks secret", async () => {
  const it = fakeProject(CHAIN, failingOnce("b"));
  await it.run(set({ api_key: "verysecret" }));
  await rejects(it.run({ resume: true }), { code: "secret-not-kept" });
  equal((await it.run({ resume: true, ...set({ api_key: "verysecret" }) })).status, "done");
});

Deno.test("recordOf() keeps values as they can be typed again", () => {
  const { parameters } = recordOf(requestOf("/w/p.yml", set({ a: new Float(1e16), b: new Float(0.5), c: true, d: 7 })));
  deepEqual(parameters, { a: "1.0e+16", b: "0.5", c: "True", d: "7" });
});

const EVERYTHING = `
data: {raw: raw.csv, items: items, x: out/x, each: out/each, m: out/m.txt, end: end.txt}
pipeline:
  - {name: a, task: a.py, inputs: {i: $raw}, outputs: {--out: $x}, retries: 1}
  - {name: l, task: l.py, inputs: {i: $loop_item}, outputs: {--out: $loop_output}, loop: {over: $items, into: $each}}
  - group: g
    multi_pass: {count: 2, feedback: {"t.--out": "t.--resume"}}
    steps: [{name: t, task: t.py, inputs: {i: $x}, outputs: {--out: $m}}]
  - {name: b, task: b.py, inputs: {i: $m, all: $each}, outputs: {--out: $end}, atomic: true}
`;
const FILES = { "raw.csv": "r", "items/1": "1", "items/2": "2" };
const OUTPUTS = ["out/x", "out/each/1", "out/each/2", "out/m_iter0.txt", "out/m_iter1.txt", "out/m.txt", "end.txt"];

/** Stores whose owner is killed at one of its transactions, before or after it is kept. */
function mortalStores(
  stores: Stores,
): Stores & { killAt(count: number, isKept: boolean): void; readonly count: number } {
  let [count, deadline, keeps] = [0, Infinity, false];
  return {
    ...stores,
    killAt: (at, isKept) => [count, deadline, keeps] = [0, at, isKept],
    get count() {
      return count;
    },
    open: (project, onNotice) => {
      const store = stores.open(project, onNotice);
      const isDead = () => count >= deadline;
      return {
        ...store,
        transaction: (work, lease) => {
          if (isDead()) throw new Error("killed");
          count++;
          if (isDead() && !keeps) throw new Error("killed");
          const done = store.transaction(work, lease);
          if (isDead()) throw new Error("killed");
          return done;
        },
        // The dead release nothing.
        leases: { ...store.leases, release: (lease) => void (isDead() || store.leases.release(lease)) },
      };
    },
  };
}

function mortal() {
  const stores = mortalStores(memoryStores());
  const it = fakeProject(EVERYTHING, { files: FILES, context: { stores, isAlive: () => false } });
  return { it, stores };
}

function remembered({ it }: ReturnType<typeof mortal>): unknown {
  const memos = it.store().memos.all("pipeline.yml").map(({ run: _run, at: _at, ...memo }) => memo);
  return [memos.sort((a, b) => a.step + a.part < b.step + b.part ? -1 : 1), OUTPUTS.map((name) => it.read(name))];
}

Deno.test("a run that is killed at any point and resumed ends like one that was left alone", async () => {
  const undisturbed = mortal();
  undisturbed.stores.killAt(Infinity, false);
  const { status, total } = await undisturbed.it.run();
  equal(status, "done");
  const [transactions, scripts] = [undisturbed.stores.count, undisturbed.it.started().length];
  const expected = remembered(undisturbed);
  ok(transactions > total);
  const points = fc.array(fc.tuple(fc.integer({ min: 1, max: transactions }), fc.boolean()), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(points, fc.boolean(), async (points, parallel) => {
      const one = mortal();
      let isOver = false;
      let resume = false;
      let deaths = 0;
      for (const [at, isKept] of [...points, [Infinity, false] as const]) {
        one.stores.killAt(at, isKept);
        if (isOver) break;
        const run = one.it.run({ resume, parallel });
        isOver = await run.then(({ status }) => status === "done", (error) => {
          if (error.message !== "killed" && error.code !== "nothing-to-resume") throw error;
          return error.code === "nothing-to-resume";
        });
        if (!isOver) deaths++;
        resume = one.it.store().journal.listRuns({}).length > 0;
      }
      deepEqual(remembered(one), expected);
      const running = one.it.store().journal.listRuns({ status: "running" });
      deepEqual(running, []);
      // What was under way or just over when it died is done again, nothing else.
      ok(one.it.started().length <= scripts + deaths * (parallel ? 6 : 2), `${one.it.started().length} scripts`);
    }),
    { numRuns: 150 },
  );
});
