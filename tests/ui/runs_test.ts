import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { looms } from "../support/cli.ts";
import { inServed, type Served } from "../support/served.ts";
import { type Answer, ended, FILES, run, trusted, until } from "../support/ui_runs.ts";

async function steps(served: Served, id: string): Promise<string[]> {
  const { events } = await served.get(`/api/runs/${id}/events`, { path: "p.yml" });
  return events.filter((event: Answer) => event.type === "step_started").map((event: Answer) => event.step);
}

Deno.test("nothing is run before a person has allowed it", () =>
  inServed(FILES, async (served) => {
    const { error } = await served.post("/api/runs", { path: "p.yml" });
    deepEqual([error.code, (await served.get("/api/runs")).runs], ["not-trusted", []]);
  }));

Deno.test("a run is told, kept, and can be read again: events, output, logs in pages, the record", () =>
  trusted(async (served) => {
    const stream = await served.ask("/api/events");
    const { run: id } = await served.post("/api/runs", { path: "p.yml", set: { lr: "0.5" } });
    let text = "";
    for await (const piece of stream.body!.pipeThrough(new TextDecoderStream())) {
      text += piece;
      if (text.includes('"live":false')) break;
    }
    const told = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data)).filter((it) => it.run === id);
    const outputs = told.filter(({ type }) => type === "output");
    deepEqual(new Set(outputs.map(({ step }) => step)), new Set(["get it", "fit"]));
    const { events, more, live } = await served.get(`/api/runs/${id}/events`, { path: "p.yml" });
    deepEqual([more, live, events[0].type, events.at(-1).type], [false, false, "run_started", "run_finished"]);
    const kept = told.filter(({ type }) => type !== undefined && type !== "output" && type !== "progress");
    deepEqual(kept, events.map((event: Answer) => ({ ...event, file: `${served.root}/p.yml` })));
    const rest = await served.get(`/api/runs/${id}/events`, { path: "p.yml", after: events[1].seq, limit: 2 });
    deepEqual([rest.events, rest.more], [events.slice(2, 4), true]);

    const record = await ended(served, id);
    deepEqual([record.status, record.overrides, record.parameters, record.metrics], [
      "done",
      { lr: "0.5" },
      { lr: 0.5 },
      { loss: 1 },
    ]);
    deepEqual(record.attempts.map((it: Answer) => [it.step, it.status, it.exit_code]), [
      ["get it", "done", 0],
      ["fit", "done", 0],
    ]);
    ok(record.attempts[0].log_bytes > 10);
    const log = (query: Record<string, string | number>) =>
      served.get(`/api/runs/${id}/log`, { path: "p.yml", step: "get it", ...query });
    const whole = await log({});
    match(whole.text, /^grüße from .*\n$/);
    // Pages end between characters, also where they are asked to end inside of one.
    let [at, joined] = [0, ""];
    while (at < whole.size) {
      const page = await log({ offset: at, limit: 4 });
      ok(page.next > at && !page.text.includes("\ufffd"), page.text);
      [at, joined] = [page.next, joined + page.text];
    }
    equal(joined, whole.text);
    deepEqual((await log({ step: "no" })).error.code, "step-not-run");
    // A log is a file of the store, and never what a link in its place leads to.
    const logs = `${served.root}/.loom/logs/${id}`;
    const file = `${logs}/${[...Deno.readDirSync(logs)].find(({ name }) => name.startsWith("get_it"))!.name}`;
    Deno.removeSync(file);
    Deno.writeTextFileSync(`${served.folder}/secret`, "secret");
    Deno.symlinkSync(`${served.folder}/secret`, file);
    const { text: shown, gone } = await log({});
    deepEqual([shown, gone], ["", true]);
  }));

Deno.test("until a step or a data entry: what it needs, and only what is missing of what data needs", () =>
  trusted(async (served) => {
    const started = async (wish: Record<string, unknown>) => steps(served, (await run(served, wish)).id);
    deepEqual(await started({ mode: "until", names: ["get it"] }), ["get it"]);
    deepEqual(await started({ mode: "until", names: ["b"] }), ["fit"]);
    deepEqual(await started({ mode: "until", names: ["fit"] }), ["get it", "fit"]);
    deepEqual(await started({ mode: "until", names: ["extra"] }), ["get it", "fit", "extra"]);
    const refused = async (wish: Record<string, unknown>) =>
      (await served.post("/api/runs", { path: "p.yml", ...wish })).error.code;
    equal(await refused({ mode: "until", names: ["raw"] }), "no-producer");
    equal(await refused({ mode: "until", names: ["fitt"] }), "unknown-step");
    equal(await refused({ mode: "from", names: [] }), "bad-selection");
    equal(await refused({ mode: "all", sweep: { values: ["=1"] } }), "usage");
    equal((await run(served, { mode: "until", names: ["fit"] })).selection, "until fit");
  }));

Deno.test("a second run of a pipeline is refused, or waits; cancelling leaves no process, and what waits goes on", () =>
  trusted(async (served) => {
    const { run: first } = await served.post("/api/runs", { path: "slow.yml" });
    const output = await until(async () => {
      const text = written((await served.get(`/api/runs/${first}/output`)).outputs);
      return text.includes("\n") && text;
    }, "its first line");
    equal(output, "begun\n");
    const pids = Deno.readTextFileSync(`${served.root}/pids`).split(" ").map(Number);
    const others = await Promise.all(Array.from({ length: 50 }, async () => {
      const other = await served.ask("/api/runs", { method: "POST", body: JSON.stringify({ path: "slow.yml" }) });
      return `${other.status} ${(await other.json()).error.code}`;
    }));
    deepEqual([...new Set(others)], ["409 busy"]);
    const { run: queued } = await served.post("/api/runs", {
      path: "slow.yml",
      mode: "steps",
      names: ["wait"],
      wait: true,
    });
    const states = async () => {
      const { live } = await served.get("/api/live");
      return live.map(({ run, path, status }: Answer) => [run, path, status]);
    };
    deepEqual(await states(), [[first, "slow.yml", "running"], [queued, "slow.yml", "waiting"]]);
    // Another pipeline is not held up.
    equal((await run(served, {})).status, "done");
    Deno.removeSync(`${served.root}/pids`);
    equal((await served.post(`/api/runs/${first}/cancel`, {})).run, first);
    equal((await ended(served, first, "slow.yml")).status, "cancelled");
    for (const pid of pids) ok(!isAlive(pid), `process ${pid} is still there`);
    // The one that waited begins; the server's end ends it.
    await until(() => exists(`${served.root}/pids`), "the second run");
    deepEqual((await states()).map(([run]: Answer) => run), [queued]);
    equal((await served.post("/api/runs/0123456789ab/cancel", {})).error.code, "run-not-found");
  }));

Deno.test("the end of the server ends its runs with all their processes", async () => {
  let pids: number[] = [];
  await trusted(async (served) => {
    await served.post("/api/runs", { path: "slow.yml" });
    await until(() => exists(`${served.root}/pids`), "its start");
    pids = Deno.readTextFileSync(`${served.root}/pids`).split(" ").map(Number);
    ok(pids.every(isAlive));
  });
  for (const pid of pids) ok(!isAlive(pid), `process ${pid} is still there`);
});

Deno.test("conditions and switches say what they would, scripts once they are allowed and saved", () =>
  inServed({
    "c.yml": `data: {pics: {path: pics}, raw: {path: raw.txt}}
parameters: {fast: "no"}
pipeline:
  - {name: many, kind: condition, predicate: count, inputs: {data: $pics}, args: {n: 2}}
  - {name: none, kind: condition, predicate: exists, inputs: {data: $pics}, negate: true}
  - {name: asked, kind: condition, script: ask.py, inputs: {at: $raw}, negate: true}
  - {name: lost, kind: condition, predicate: exists, inputs: {data: $nowhere}}
  - {name: a, kind: switch, condition: $many, data: $raw}
  - {name: b, kind: switch, condition: $fast, data: $raw}
  - {name: c, kind: switch, condition: $asked, data: $raw}
`,
    "raw.txt": "yes",
    "ask.py": "open('asked', 'a').write('x')\ndef evaluate(at):\n    return open(at).read() == 'yes'\n",
    "pics/1.png": "x",
  }, async (served) => {
    const text = Deno.readTextFileSync(`${served.root}/c.yml`);
    const told = async (text: string) => {
      const { conditions } = await served.post("/api/conditions", { path: "c.yml", text });
      return conditions.map(({ answer, why }: Answer) => answer ?? why);
    };
    const all = (asked: string, c: string, many = "false", a = "else") => [many, "false", asked, LOST, a, "else", c];
    const LOST = (await told(text))[3];
    match(LOST, /nowhere/);
    const untold = "It cannot be told what asked says";
    deepEqual(await told(text), all("Allow this folder to see what its script says", untold));
    served.write("pics/2.png", "x");
    deepEqual((await told(text))[0], "true");
    await served.post("/api/trust", { allow: true });
    const unsaved = await told(`# more\n${text}`);
    deepEqual(unsaved, all("Save the file to see what its script says", untold, "true", "then"));
    const settled = () =>
      until(async () => {
        const answers = await told(text);
        return !/being asked/.test(answers[2]) && answers;
      }, "the answer of the script");
    deepEqual(await settled(), all("false", "else", "true", "then"));
    // What has not changed is not asked again, and what has is.
    await told(text);
    served.write("raw.txt", "no");
    deepEqual(await settled(), all("true", "then", "true", "then"));
    equal(Deno.readTextFileSync(`${served.root}/asked`), "xx");
    served.write("ask.py", "raise SystemExit(3)");
    match((await settled())[2], /exit code 3/);
    deepEqual([await told("- no: {"), (await served.get("/api/runs", { path: "c.yml" })).runs], [[], []]);
  }));

Deno.test("a run of a terminal is told as our own are, and what died is not said to run", () =>
  trusted(async (served) => {
    const heard: Answer[] = [];
    const stop = await listening(served, heard);
    await served.get("/api/file", { path: "slow.yml" });
    const child = terminalRun(served);
    const id = await until(() => heard.find(({ type }) => type === "step_started")?.run, "the run of the terminal");
    await until(() => written(heard.filter(({ type }) => type === "output")) === "begun\n", "what it writes");
    const { live: [here], runs } = await served.get("/api/live");
    deepEqual([runs, here.run, here.path, here.elsewhere.pid, here.elsewhere.here], [
      [],
      id,
      "slow.yml",
      child.pid,
      true,
    ]);
    const listed = async () => (await served.get("/api/runs", { path: "slow.yml" })).runs[0];
    deepEqual([(await listed()).status, (await listed()).elsewhere.pid], ["running", child.pid]);
    const { outputs } = await served.get(`/api/runs/${id}/output`);
    equal(written(outputs), "begun\n");
    equal((await served.post(`/api/runs/${id}/cancel`, {})).error.code, "driven-elsewhere");
    child.kill("SIGKILL");
    await child.status;
    await until(() => heard.some((it) => it.run === id && it.live === false), "its end");
    const record = await served.get(`/api/runs/${id}`, { path: "slow.yml" });
    deepEqual([record.status, record.attempts[0].status, (await listed()).status], [
      "interrupted",
      "lost",
      "interrupted",
    ]);
    deepEqual((await served.get("/api/live")).live, []);
    equal((await served.post(`/api/runs/${id}/cancel`, {})).error.code, "not-running");
    // One that ends as it should is told to its end.
    served.write("slow.py", "print('short')\n");
    const again = terminalRun(served);
    await again.status;
    const { status } = await until(() => heard.find(({ type }) => type === "run_finished"), "its last event");
    equal(status, "done");
    await stop();
  }));

/** What came, in however many pieces. */
function written(outputs: readonly Answer[]): string {
  return outputs.map(({ text }) => text).join("");
}

/** `loom slow.yml` as somebody types it beside the page. */
function terminalRun(served: Served): Deno.ChildProcess {
  const [program, ...args] = looms[0].argv;
  const streams = { stdin: "null", stdout: "null", stderr: "null" } as const;
  return new Deno.Command(program, { args: [...args, "slow.yml"], cwd: served.root, ...streams }).spawn();
}

/** Hears everything the server tells, until the answer is called. */
async function listening(served: Served, heard: Answer[]): Promise<() => Promise<void>> {
  const { body } = await served.ask("/api/events");
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => {
    let text = "";
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const blocks = (text + piece.value).split("\n\n");
      text = blocks.pop()!;
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) heard.push(JSON.parse(data));
      }
    }
  };
  const going = read();
  return async () => {
    await reader.cancel();
    await going;
  };
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Whether a process is there that is more than a record of its end. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
