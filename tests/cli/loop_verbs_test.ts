import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import settings from "../../deno.json" with { type: "json" };
import { eachProject, type FileSet, type Project } from "../support/cli.ts";
import { sendSignal } from "../support/send_signal.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Where a person's own project finds the library and its packages. */
const imports = { ...settings.imports, "@loom/loom": `${ROOT}mod.ts` };

const MODULE = `
import { bestScore, loop, lastGood, predicate } from "@loom/loom";
import { z } from "zod";

const scores = [0.5, 0.7, 0.6, 0.8];
const state = z.object({ n: z.number(), word: z.string() });

export const climb = loop({
  name: "climb",
  state,
  budget: { usd: 1, iterations: 4 },
  backtrack: bestScore(),
  step: (s, ctx) => {
    ctx.spend({ usd: 0.05, tokens: 10 });
    return { ...s, n: ctx.step };
  },
  score: (_, ctx) => scores[ctx.step] ?? 0.9,
});

export const flaky = loop({
  name: "flaky",
  state,
  budget: { iterations: 10 },
  backtrack: lastGood(),
  convergeOn: predicate((h) => h.last.step === 3),
  retry: { backoff: 1 },
  step: (s, ctx) => {
    if (ctx.step === 1) throw new TypeError("<b>not & this</b>");
    return { ...s, n: ctx.step };
  },
});

const inner = loop({ name: "inner", state, budget: { iterations: 9 }, convergeOn: predicate((h) => h.length === 2),
  step: (s, ctx) => { ctx.spend({ usd: 0.01 }); return s; } });

export const outer = loop({ name: "outer", state, budget: { iterations: 1 },
  step: async (s, ctx) => { await ctx.once("plan", () => ({ parts: 2 })); return await inner(s); } });

export const asking = loop({ name: "asking", state, budget: { iterations: 2 },
  step: async (s, ctx) => ctx.step === 0 ? s : { ...s, word: await ctx.pause("word", { text: "Which?" }, { schema: z.string() }) } });

export const slow = loop({ name: "slow", state, budget: { iterations: 50, wallClock: { limit: "1h", grace: "100ms" } },
  step: async (s, ctx) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { ...s, n: ctx.step };
  } });

if (import.meta.main) {
  const runs = { climb, flaky, outer, asking, slow };
  const [name, runId] = Deno.args;
  const result = await runs[name].run({ n: -1, word: "none" }, { runId });
  console.log(result.status);
}
`;

const FILES: FileSet = { "deno.json": JSON.stringify({ imports }), "loops.ts": MODULE };

function command(project: Project, words: readonly string[]): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-lock", "loops.ts", ...words],
    cwd: project.folder,
    env: { HOME: project.environment().HOME, DENO_DIR: project.environment().DENO_DIR, NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a loop of the module to its end, and gives how it ended. */
async function made(project: Project, name: string, id: string): Promise<string> {
  const { stdout, stderr, success } = await command(project, [name, id]).output();
  ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

/** Asks until it is so. */
async function until(question: () => Promise<boolean>): Promise<void> {
  for (let asked = 0; !await question(); asked++) {
    if (asked > 200) throw new Error("It never became so");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

eachProject("loom runs lists nothing where nothing is, and makes nothing", FILES, async (project) => {
  (await project.run(["runs"])).expect({ exactly: "No runs found.\n", err: [project.folder, "loom runs --all"] });
  (await project.run(["runs", "--json"])).expect({ out: ['"runs": []'] });
  equal(await project.has(".loom"), false);
  (await project.run(["show", "nothing"])).expect({ code: 1, err: ["There is no run nothing", "loom runs"] });
  (await project.run(["runs", "--db", "other.db"])).expect({ code: 1, err: ["other.db", "no such file"] });
  equal(await project.has("other.db"), false);
});

eachProject("loom runs lists pipelines and loops in one table, newest first", {
  ...FILES,
  "p.yml": "pipeline: [{name: one, task: tasks/record.py}]\n",
}, async (project) => {
  await made(project, "climb", "aaaa00000001");
  (await project.run(["p.yml"])).expect({});
  await made(project, "flaky", "bbbb00000002");
  const { lines } = (await project.run(["runs"])).expect({ complains: "" });
  match(lines[0], /^ID +STATUS +STEPS +COST +CREATED +NAME$/);
  match(lines[1], /^bbbb00000002 +completed +4 +\$0\.0000 +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d +flaky$/);
  match(lines[2], /^[0-9a-f]{12} +done +1 +- /);
  match(lines[3], /^aaaa00000001 +budget_exhausted +4 +\$0\.2000 /);
  equal((await project.run(["runs", "--status", "done"])).lines.length, 2);
  equal((await project.run(["runs", "--name", "climb"])).lines.length, 2);
  equal((await project.run(["runs", "--limit", "1"])).lines.length, 2);
  (await project.run(["runs", "--status", "donne"])).expect({ code: 2, err: ["donne", "done"] });
  const id = lines[2].split(" ")[0];
  (await project.run(["show", id])).expect({
    out: [`Run: ${id}  Status: done`, "STEP", "LOG", "one", "done", ".loom/logs"],
  });
  (await project.run(["show", id, "--follow"])).expect({ out: ["[SUCCESS] one"] });
  (await project.run(["resume", id])).expect({ err: ["nothing to go on with"] });
});

eachProject(
  "loom show marks where a run went back and where it failed, and says what is left",
  FILES,
  async (project) => {
    await made(project, "climb", "climb1");
    await made(project, "flaky", "flaky1");
    (await project.run(["show", "climb1"])).expect({
      out: [
        "Run: climb1  Status: budget_exhausted\n",
        /STEP +COST +CUMUL +SCORE +ERROR\n/,
        /0 +\$0\.0500 +\$0\.0500 +0\.5000\n/,
        /2 +\$0\.0500 +\$0\.1500 +0\.6000 +<- backtrack to step 1\n/,
        "Budget: $0.2000 of $1.0000 used, $0.8000 left; 4 of 4 iterations used, 0 left",
        "Best: step 3 with 0.8000",
      ],
      not: ["\x1b"],
    });
    (await project.run(["show", "fla"])).expect({
      out: [/1 +\$0\.0000 +\$0\.0000 +- +TypeError: /, /3 .*<- converged/],
    });
    (await project.run(["show", "climb1", "--tree"])).expect({ out: ["input", "0 ", "1 ", "├─ 2", "3 "] });
    (await project.run(["show", "climb1", "--step", "2"])).expect({
      out: ["Status: ok  Decision: backtrack:1", "From: step 1", "State:", '"n": 2'],
    });
    (await project.run(["show", "climb1", "--step", "9"])).expect({ code: 2, err: ["no step 9", "its last one is 3"] });
    (await project.run(["show", "climb1", "--diff", "1", "3"])).expect({ exactly: "- state.n = 1\n+ state.n = 3\n" });
    (await project.run(["show", "climb1", "--tree", "--step", "1"])).expect({ code: 2, err: ["exclude each other"] });
    (await project.run(["show", "clumb1"])).expect({ code: 1, err: ["did you mean 'climb1'?"] });
  },
);

eachProject("loom show shows runs inside of steps, and what once() has kept", FILES, async (project) => {
  await made(project, "outer", "outer1");
  (await project.run(["show", "outer1"])).expect({
    out: [/0 +\$0\.0200/, /\n {2}inner [0-9a-f]{12} {2}completed/, /\n {2}0 +\$0\.0100/, /\n {2}1 .*<- converged/],
  });
  (await project.run(["show", "outer1", "--step", "0"])).expect({ out: ["Kept results:", "plan", '{"parts":2}'] });
});

eachProject(
  "loom show --html writes a page that needs nothing else, and escapes what the run says",
  FILES,
  async (project) => {
    await made(project, "flaky", "flaky1");
    (await project.run(["show", "flaky1", "--html", "page.html"])).expect({ exactly: "Wrote page.html\n" });
    const page = await project.read("page.html") ?? "";
    match(page, /^<!doctype html>/);
    deepEqual(page.match(/https?:|<script|<b>|src=/g), null);
    ok(page.includes("&#60;b&#62;not &#38; this"));
    equal(
      (await project.run(["show", "flaky1", "--html", "-"])).stdout.split("<svg").length,
      page.split("<svg").length,
    );
  },
);

eachProject("loom export gives the names of the original, and states only when asked", FILES, async (project) => {
  await made(project, "climb", "climb1");
  const bare = (await project.run(["export", "climb1", "--json"])).json as Record<string, Record<string, unknown>[]>;
  deepEqual(Object.keys(bare), ["run", "steps", "attempts", "events"]);
  const [first] = bare.steps;
  deepEqual(
    [first.step_n, first.cost_usd, first.score, first.error, "state" in first],
    [0, 0.05, 0.5, null, false],
  );
  const lines = (await project.run(["export", "climb1", "--jsonl", "--states"])).events;
  deepEqual(lines.filter(({ type }) => type === "step").map(({ state }) => (state as { n: number }).n), [0, 1, 2, 3]);
  deepEqual([...new Set(lines.map(({ type }) => type))], ["run", "step", "attempt", "event"]);
  (await project.run(["export", "climb1"])).expect({ code: 2, err: ["--jsonl"] });
});

eachProject("loom resume says how, and with the module it does", FILES, async (project) => {
  await made(project, "climb", "climb1");
  (await project.run(["resume", "climb1"])).expect({
    out: ["loom resume climb1 --module FILE", 'await climb.resume("climb1")'],
  });
  (await project.run(["resume", "climb1", "--module", "loops.ts"])).expect({
    code: 4,
    out: ["Status: budget_exhausted"],
  });
  (await project.run(["resume", "climb1", "--module", "loops.ts", "--add-iterations", "2"])).expect({
    code: 4,
    out: ["STEP", /4 +\$0\.0500 +\$0\.2500 +0\.9000/, /5 +\$0\.0500 +\$0\.3000/, "6 of 6 iterations used"],
  });
  (await project.run(["resume", "climb1", "--module", "nowhere.ts"])).expect({
    code: 1,
    err: ["nowhere.ts", "no such file"],
  });
  await project.write({ "none.ts": "export const n = 1;\n", "broken.ts": "import 'nowhere-to-be-found';\n" });
  (await project.run(["resume", "climb1", "--module", "none.ts"])).expect({
    code: 1,
    err: ["exports no loop", "'climb'"],
  });
  (await project.run(["resume", "climb1", "--module", "broken.ts"])).expect({
    code: 1,
    err: ["Cannot load broken.ts"],
  });
});

eachProject("loom fork goes on from a step, at once or later", FILES, async (project) => {
  await made(project, "climb", "climb1");
  const words = ["fork", "climb1", "--at", "1", "--patch", '{"word":"new"}'];
  const { stdout } = (await project.run(words)).expect({ out: ["Forked run climb1 at step 1 as "] });
  const id = / as ([0-9a-f]{12});/.exec(stdout)![1];
  (await project.run(["show", id])).expect({ out: ["Forked: climb1 step 1", "No steps yet."] });
  (await project.run(["resume", id, "--module", "loops.ts"])).expect({
    code: 4,
    out: [/2 +\$0\.0500 +\$0\.0500/, "Status:"],
  });
  (await project.run(["show", id, "--step", "2"])).expect({ out: ['"word": "new"'] });
  (await project.run([...words, "--module", "loops.ts"])).expect({ code: 4, out: ["STEP", /2 +\$0\.0500/] });
  (await project.run(["show", "climb1", "--tree"])).expect({ out: ["fork climb"] });
  (await project.run(["fork", "climb1"])).expect({ code: 2, err: ["--at"] });
  (await project.run(["fork", "climb1", "--at", "77"])).expect({ code: 2, err: ["no such step"] });
  (await project.run(["fork", "climb1", "--at", "1", "--patch", "{word"])).expect({ code: 2, err: ["no JSON"] });
});

eachProject("loom answer checks what a run asks for, and the run goes on with it", FILES, async (project) => {
  equal(await made(project, "asking", "ask1"), "paused");
  (await project.run(["show", "ask1"])).expect({
    out: ["Status: paused", "Waiting for 'word'", "loom answer ask1 word=JSON"],
  });
  (await project.run(["resume", "ask1", "--module", "loops.ts"])).expect({ code: 5 });
  (await project.run(["answer", "ask1", "word=yes"])).expect({ code: 2, err: ["no JSON", '"yes"'] });
  (await project.run(["answer", "ask1", "word=7"])).expect({ code: 2, err: ["does not fit"] });
  (await project.run(["answer", "ask1", "wort=7"])).expect({ code: 1, err: ["it asks for word"] });
  (await project.run(["answer", "ask1", 'word="yes"'])).expect({ out: ["Answered 'word'"] });
  (await project.run(["answer", "ask1", 'word="no"'])).expect({ code: 1 });
  (await project.run(["resume", "ask1", "--module", "loops.ts"])).expect({ code: 4, out: ["2 of 2 iterations used"] });
  (await project.run(["show", "ask1", "--step", "1"])).expect({ out: ['"word": "yes"'] });
  equal(await made(project, "asking", "ask2"), "paused");
  (await project.run(["resume", "ask2", "--module", "loops.ts", "--answer", 'word="maybe"'])).expect({ code: 4 });
});

eachProject("loom cancel stops a run of another process, loom show --follow tells of it", FILES, async (project) => {
  const child = command(project, ["slow", "slow1"]).spawn();
  await until(async () => (await project.run(["show", "slow1"])).stdout.includes("\n1 "));
  (await project.run(["show", "slow1"])).expect({ out: ["Status: running", "Driven by: process"] });
  (await project.run(["resume", "slow1", "--module", "loops.ts"])).expect({ code: 3, err: ["is held by"] });
  const following = project.run(["show", "slow1", "--follow"]);
  (await project.run(["cancel", "slow1"])).expect({ out: ["was asked to stop"] });
  (await following).expect({ code: 1, out: [/\n0 /, /\n1 /, "Status: cancelled"] });
  equal(new TextDecoder().decode((await child.output()).stdout).trim(), "cancelled");
  (await project.run(["cancel", "slow1"])).expect({ code: 1, err: ["was cancelled before"] });
});

eachProject(
  "an interrupted loom resume leaves a run that can be resumed; loom cancel ends one that nobody drives",
  FILES,
  async (project) => {
    const child = command(project, ["slow", "slow1"]).spawn();
    await until(async () => (await project.run(["show", "slow1"])).stdout.includes("\n1 "));
    sendSignal(child, "SIGKILL");
    await child.output();
    (await project.run(["show", "slow1"])).expect({ out: ["Status: running", "Its process is gone"] });
    const resumed = project.start(["resume", "slow1", "--module", "loops.ts"]);
    await until(async () => (await project.run(["show", "slow1"])).stdout.includes("\n4 "));
    sendSignal(resumed, "SIGINT");
    await resumed.stdin.close();
    const { code, stdout } = await resumed.output();
    equal(code, 130);
    match(new TextDecoder().decode(stdout), /\n4 .*\n[^]*Status: interrupted/);
    (await project.run(["show", "slow1"])).expect({ out: ["<- lost (unknown"] });
    (await project.run(["cancel", "slow1"])).expect({ exactly: "Run slow1 is cancelled\n" });
    (await project.run(["show", "slow1"])).expect({ out: ["Status: cancelled"] });
  },
);

eachProject("loom prune forgets what it is told to, and says it first", FILES, async (project) => {
  await made(project, "climb", "climb1");
  await made(project, "climb", "climb2");
  (await project.run(["prune"])).expect({ code: 2, err: ["--max-age"] });
  (await project.run(["prune", "--max-age", "soon"])).expect({ code: 2, err: ["soon", "30d"] });
  (await project.run(["prune", "--max-runs", "1", "--dry-run"])).expect({ out: ["Would forget 1 run "] });
  equal((await project.run(["runs"])).lines.length, 3);
  (await project.run(["prune", "--max-runs", "1"])).expect({ out: ["Forgot 1 run "] });
  equal((await project.run(["runs"])).lines.length, 2);
  (await project.run(["prune", "--keep-states", "best+last"])).expect({ out: ["Forgot 0 runs and "] });
});

eachProject("loom prices tells the day of its table", FILES, async (project) => {
  (await project.run(["prices"])).expect({ out: [/as of \d{4}-\d\d-\d\d/, "MODEL", "claude", "gpt"] });
  (await project.run(["prices", "--model", "claude-sonnet-4-5"])).expect({ out: [/claude-sonnet-4-5 .* 3 +15 /] });
  (await project.run(["prices", "--model", "claude-sonet-4-5"])).expect({ code: 1, err: ["claude-sonnet-4-5"] });
});

eachProject("loom import refuses what is no database of the original, and makes nothing", FILES, async (project) => {
  (await project.run(["import", "nowhere.db"])).expect({ code: 1, err: ["nowhere.db", "no such file"] });
  (await project.run(["import", "loops.ts"])).expect({ code: 1, err: ["loops.ts"] });
  equal(await project.has(".loom"), false);
});

/** A database as loomc 0.3.0 leaves it. */
function writeOriginal(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(`
    CREATE TABLE runs (id TEXT PRIMARY KEY, spec_hash TEXT, status TEXT, created_at TEXT, updated_at TEXT);
    CREATE TABLE steps (run_id TEXT, step_n INTEGER, state_blob TEXT, cost_usd REAL, score REAL, timestamp TEXT,
      error TEXT, breaker_event TEXT, PRIMARY KEY (run_id, step_n));
    INSERT INTO runs VALUES ('0ld', 'cafe0123', 'failed', '2026-07-03T12:00:19+00:00', '2026-07-03T12:00:21+00:00');
    INSERT INTO steps VALUES ('0ld', 0, '{"n": 0, "word": "old"}', 0.15, 0.5, '2026-07-03T12:00:20+00:00', NULL, NULL);
    INSERT INTO steps VALUES ('0ld', 1, '{"n": 1, "word": "old"}', 0.05, NULL, '2026-07-03T12:00:21+00:00',
      'ValueError: no', 'opened');`);
  database.close();
}

eachProject(
  "loom import takes runs of the original over; they are shown, forked and gone on with",
  FILES,
  async (project) => {
    writeOriginal(project.path("old.db"));
    const before = await Deno.readFile(project.path("old.db"));
    (await project.run(["import", "old.db"])).expect({ out: ["Imported 1 runs with 2 steps"] });
    (await project.run(["import", "old.db"])).expect({ out: ["Imported 0 runs", "1 runs were here already"] });
    deepEqual(await Deno.readFile(project.path("old.db")), before);
    (await project.run(["runs"])).expect({
      out: [/^0ld +failed +2 +\$0\.2000 +2026-07-03T12:00:19 +loomc-cafe0123$/m],
    });
    (await project.run(["show", "0ld"])).expect({
      out: ["Imported", /0 +\$0\.1500/, /1 .*ValueError: no.*<- breaker OPENED/],
    });
    const words = ["fork", "0ld", "--at", "0", "--module", "loops.ts"];
    await project.write({ "one.ts": 'export { climb } from "./loops.ts";\n' });
    (await project.run(words)).expect({ code: 1, err: ["none of its loops"] });
    (await project.run(["fork", "0ld", "--at", "0", "--module", "one.ts", "--accept-change"])).expect({
      code: 4,
      out: [/\n1 +\$0\.0500/],
    });
  },
);

eachProject("loom resume needs Deno, and says so where it is not", FILES, async (project) => {
  await made(project, "climb", "climb1");
  if (project.loom.name === "source") return;
  (await project.run(["resume", "climb1", "--module", "loops.ts"], { env: { PATH: "/nowhere" } })).expect({
    code: 2,
    err: ["no program 'deno' on the PATH", "deno eval"],
  });
});

eachProject("completion offers the runs there are", FILES, async (project) => {
  await made(project, "climb", "climb1");
  (await project.run(["__complete", "show", ""])).expect({ out: ["climb1\tclimb, budget_exhausted"] });
  (await project.run(["__complete", "show", "climb1", "--tr"])).expect({ out: ["--tree"] });
});

eachProject("--json prints one document of each verb", FILES, async (project) => {
  await made(project, "asking", "ask1");
  const commands = [
    ["runs"],
    ["show", "ask1"],
    ["show", "ask1", "--tree"],
    ["show", "ask1", "--step", "0"],
    ["resume", "ask1"],
    ["answer", "ask1", 'word="yes"'],
    ["fork", "ask1", "--at", "0"],
    ["prune", "--max-age", "1d", "--dry-run"],
    ["prices", "--model", "o3"],
    ["cancel", "ask1"],
  ];
  for (const words of commands) equal(typeof (await project.run([...words, "--json"])).json, "object", words.join(" "));
  const refused = await project.run(["cancel", "ask1", "--json"]);
  equal((refused.json as Record<string, unknown>).code, "nothing-to-cancel");
});
