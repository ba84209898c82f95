import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { endings, fakeProject } from "../../tests/support/fake_project.ts";
import { requestOf } from "../../tests/support/runs.ts";
import type { RunEvent } from "../ports/events.ts";
import { environmentMark, maySkip, requestKey } from "./fresh/receipt.ts";
import { runPipeline } from "./runner.ts";
import { skipAll } from "./shortcut.ts";

const YAML = `
data: {raw: raw.csv, items: items, mid: out/mid, each: out/each, many: "many/{n}.txt"}
parameters: {lr: 1}
pipeline:
  - {name: a, task: a.py, inputs: {x: $raw}, outputs: {--out: $mid}, args: {--lr: $lr}, deps: [dep.txt]}
  - {name: l, task: l.py, inputs: {x: $loop_item}, outputs: {--out: $loop_output}, loop: {over: $items, into: $each}}
  - {name: b, task: b.py, inputs: {x: $mid, all: $each, m: $many}, outputs: {--out: end.txt}}
`;
const FILES = {
  "raw.csv": "r",
  "items/1": "1",
  "items/2": "2",
  "dep.txt": "d",
  "many/1.txt": "m",
  "a.py": "import helper\n",
  "helper.py": "",
};

function project() {
  const env = { PATH: "/usr/bin", HOME: "/root" };
  return fakeProject(YAML, { files: FILES, context: { env } });
}

const CACHED = requestOf("/w/pipeline.yml", { cached: true });

function control(events: RunEvent[]) {
  const signal = new AbortController().signal;
  return { sink: (event: RunEvent) => void events.push(event), signal, killSignal: signal };
}

async function fresh(it: ReturnType<typeof project>): Promise<void> {
  await it.run();
  await it.run({ cached: true });
  await it.clock.advance(1000);
}

Deno.test("skipAll() tells and keeps the run as the long way does", async () => {
  const it = project();
  await it.run();
  const long = await it.run({ cached: true });
  const short = await it.run({ cached: true });
  const told = (events: readonly RunEvent[]) =>
    events.map((event) => JSON.stringify({ ...event, at: 0, run: "", durationMs: 0 }));
  deepEqual(told(short.events), told(long.events));
  const { journal } = it.store();
  const [kept, before] = [short, long].map(({ run }) => ({ ...journal.getRun(run), id: 0, createdAt: 0, endedAt: 0 }));
  deepEqual(kept, before);
  deepEqual(journal.events(short.run).length, long.events.length);
});

Deno.test("skipAll() leaves it to the long way when another loom drives, or asks for something else", async () => {
  const it = project();
  await fresh(it);
  ok(skipAll(CACHED, it.context, control([])));
  equal(skipAll({ ...CACHED, selection: { mode: "from", name: "b" } }, it.context, control([])), undefined);
  equal(skipAll({ ...CACHED, refreshUrls: true }, it.context, control([])), undefined);
  const holder = { ...it.context.self, run: "other", since: 0 };
  it.store().leases.acquire("pipeline.yml", holder, 1e9, it.clock.now(), () => true);
  equal(skipAll(CACHED, it.context, control([])), undefined);
});

Deno.test("any run with something to do takes the receipt away", async () => {
  const it = project();
  await fresh(it);
  await it.run({ force: true });
  equal(skipAll(CACHED, it.context, control([])), undefined);
});

type Edit = (it: ReturnType<typeof project>) => void;

const names = [...Object.keys(FILES), "out/mid", "out/each/1", "end.txt", "many/2.txt", "items/3", "l.py", "lib/x.py"];

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.constantFrom(...names), fc.constantFrom("r", "1", "x")).map(([name, text]): Edit => (it) =>
    it.write(name, text)
  ),
  fc.constantFrom(...names).map((name): Edit => (it) => it.files.remove(`/w/${name}`)),
  fc.tuple(fc.constantFrom(...names), fc.nat(2000)).map(([name, ago]): Edit => (it) =>
    it.files.touch(`/w/${name}`, it.clock.now() - ago)
  ),
  fc.constantFrom("lr: 1}", "lr: 2}", "lr: 1} # said").map((text): Edit => (it) =>
    it.write("pipeline.yml", YAML.replace("lr: 1}", text))
  ),
  fc.constantFrom("/root", "/home").map((HOME): Edit => (it) => void Object.assign(it.context.env, { HOME })),
  fc.constant<Edit>((it) => it.files.write("/usr/bin/python3", "y".repeat(6000), { executable: true })),
  fc.constant<Edit>((it) => it.files.write("/w/.venv/bin/python", "z".repeat(6000), { executable: true })),
  fc.constant<Edit>(() => {}),
);

Deno.test("skipAll() never says that all is fresh when the long way would not", async () => {
  let honoured = 0;
  const rounds = fc.array(fc.tuple(fc.array(edit, { maxLength: 2 }), fc.nat(100)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      const it = project();
      await fresh(it);
      for (const [edits, pauseMs] of rounds) {
        for (const edit of edits) edit(it);
        await it.clock.advance(pauseMs);
        const shortcut = skipAll(CACHED, it.context, control([]));
        const events: RunEvent[] = [];
        const { total } = await runPipeline(CACHED, it.context, control(events));
        if (shortcut === undefined) continue;
        honoured++;
        deepEqual(Object.values(endings(events)), Array(total).fill("skipped: fresh"));
      }
    }),
    { numRuns: 150 },
  );
  ok(honoured > 10, `only ${honoured} receipts were honoured`);
});

Deno.test("requestKey() tells requests apart, and overrides too, without keeping them", () => {
  const { context } = project();
  const overrides = (value: string) => ({ parameters: new Map([["token", value]]), data: new Map() });
  const [one, two] = ["secret1", "secret2"].map((value) =>
    requestKey({ ...CACHED, overrides: overrides(value) }, context)
  );
  ok(one !== two && !one.includes("secret1"));
  ok(requestKey(CACHED, context) !== requestKey({ ...CACHED, strict: true }, context));
});

Deno.test("environmentMark() looks at every variable but those that change by themselves", () => {
  equal(environmentMark({ A: "1", _: "x" }), environmentMark({ _: "y", A: "1" }));
  ok(environmentMark({ A: "1" }) !== environmentMark({ A: "2" }));
});

Deno.test("maySkip() is for runs that pass over what is fresh", () => {
  equal(maySkip(CACHED), true);
  for (const other of [{ force: true }, { resume: true }, { dryRun: true }, { refreshUrls: true }, { cached: false }]) {
    equal(maySkip({ ...CACHED, ...other }), false);
  }
});
