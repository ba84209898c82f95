import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { runSync } from "../../core/loop/base/flow.ts";
import { importOriginal, type ImportReport } from "../../core/loop/import/mod.ts";
import { textOf } from "../../core/loop/state/blobs.ts";
import type { Blob, LoopRow, LoopStore, StateTools, StepRow } from "../../core/ports/loop_store.ts";
import { memoryStore } from "../../plugins/host/loops/mod.ts";
import { readOriginal } from "../../plugins/host/loops_import.ts";
import { loomcPython } from "../support/python_env.ts";
import { ownerOf } from "./loop_rows.ts";
import { temporaryFolder } from "./temporary.ts";

const tools: StateTools = {
  sha256: (text) => createHash("sha256").update(text).digest("hex"),
  deflate: (text) => deflateRawSync(text),
  inflate: (bytes) => inflateRawSync(bytes).toString(),
};

/** Runs of each ending, one with failed steps and one with states that JSON cannot hold; prints what it has stored. */
const SCRIPT = `
import json, sqlite3, sys
from loomc import loop, Budget, BestScore, LastGood, score_plateau

@loop(budget=Budget(iterations=4), cost_fn=lambda s: 0.1, scorer=lambda s: s["n"] / 7)
def limited(state):
    return {"n": state["n"] + 1, "text": "x" * 6000 + str(state["n"]), "é": "\\U0001f600\\ud800"}

@loop(converge_on=score_plateau(patience=2), backtrack=BestScore(), scorer=lambda s: s["score"], cost_fn=lambda s: 0.25)
def settled(state):
    return {"score": min(state["score"] + 0.4, 0.8), "list": [1, 2.5, None, True]}

@loop(budget=Budget(iterations=6), backtrack=LastGood(), cost_fn=lambda s: 0.01)
def failing(state):
    failing_calls.append(1)
    if len(failing_calls) % 2 == 0:
        raise ValueError("no luck")
    return {"n": state["n"] + 1}
failing_calls = []

@loop(budget=Budget(iterations=1))
def strange(state):
    return {"nan": float("nan"), "inf": [float("-inf")], "big": 2 ** 70, "n": 2 ** 53 + 1}

for run, state in [(limited, {"n": 0}), (settled, {"score": 0.1}), (failing, {"n": 0}), (strange, {})]:
    try:
        run(state)
    except Exception as error:
        print(type(error).__name__, file=sys.stderr)
`;

interface Imported {
  readonly database: DatabaseSync;
  readonly store: LoopStore;
  readonly report: ImportReport;
}

function importInto(store: LoopStore, file: string): ImportReport {
  return runSync(importOriginal(readOriginal(file), { store, tools, owner: ownerOf(1) }));
}

function stateOf(store: LoopStore, { stateRef = "" }: StepRow): unknown {
  return JSON.parse(runSync(textOf(stateRef, (ref) => store.blob(ref) as Blob | undefined, tools)));
}

async function withOriginal(version: "0.2.0" | "0.3.0", check: (imported: Imported) => void): Promise<void> {
  using folder = temporaryFolder();
  const { success, stderr } = await new Deno.Command(await loomcPython(version), {
    args: ["-c", SCRIPT],
    cwd: folder.path,
  }).output();
  ok(success, new TextDecoder().decode(stderr));
  const file = `${folder.path}/.loomc/checkpoints.db`;
  const before = Deno.readFileSync(file);
  const store = memoryStore();
  const report = importInto(store, file);
  deepEqual(Deno.readFileSync(file), before);
  deepEqual([...Deno.readDirSync(`${folder.path}/.loomc`)].map(({ name }) => name), ["checkpoints.db"]);
  const database = new DatabaseSync(file, { readOnly: true });
  check({ database, store, report });
  database.close();
  store.close();
}

for (const version of ["0.2.0", "0.3.0"] as const) {
  Deno.test(`importOriginal() takes over every run and step that loomc ${version} has kept`, async () => {
    await withOriginal(version, ({ database, store, report }) => {
      const runs = database.prepare("SELECT * FROM runs").all();
      const count = database.prepare("SELECT count(*) AS n FROM steps").get()?.n;
      deepEqual([report.imported.length, report.steps, report.present], [4, count, []]);
      for (const { id, status, created_at, spec_hash } of runs) {
        const run = store.getRun(String(id)) as LoopRow;
        deepEqual([run.status, run.specHash, run.imported], [status, spec_hash, true]);
        equal(run.createdAt, Date.parse(String(created_at)));
        const steps = store.steps(String(id)) as readonly StepRow[];
        const originals = database.prepare("SELECT * FROM steps WHERE run_id = ? ORDER BY step_n").all(id);
        deepEqual(steps.map(({ step }) => step), originals.map(({ step_n }) => step_n));
        deepEqual(steps.map(({ costNano }) => costNano / 1e9), originals.map(({ cost_usd }) => cost_usd));
        deepEqual(steps.map(({ score }) => score ?? null), originals.map(({ score }) => score));
        deepEqual(steps.map(({ error }) => error ?? null), originals.map(({ error }) => error));
        equal(run.spentNano, steps.reduce((sum, { costNano }) => sum + costNano, 0));
      }
    });
  });

  Deno.test(`importOriginal() reads the states of loomc ${version}, and tells what it keeps as text`, async () => {
    await withOriginal(version, ({ database, store, report }) => {
      const originals = database.prepare("SELECT * FROM steps WHERE state_blob NOT LIKE '%NaN%'").all();
      for (const { run_id, step_n, state_blob } of originals) {
        const [step] = store.steps(String(run_id), { from: Number(step_n), to: Number(step_n) }) as readonly StepRow[];
        deepEqual(stateOf(store, step), JSON.parse(String(state_blob)));
      }
      const [strange] = new Set(report.notes.map(({ run }) => run));
      const [step] = store.steps(strange) as readonly StepRow[];
      deepEqual(stateOf(store, step), { nan: "NaN", inf: ["-Infinity"], big: `${2n ** 70n}`, n: `${2n ** 53n + 1n}` });
      deepEqual(report.notes.map(({ path }) => path), ["state.nan", "state.inf[0]", "state.big", "state.n"]);
    });
  });
}

const SCHEMA = `
CREATE TABLE runs (id TEXT PRIMARY KEY, spec_hash TEXT, status TEXT, created_at TEXT, updated_at TEXT);
CREATE TABLE steps (run_id TEXT, step_n INTEGER, state_blob TEXT, cost_usd REAL, score REAL, timestamp TEXT, error TEXT,
  PRIMARY KEY (run_id, step_n));`;

function handMade(folder: string, sql: string): string {
  const file = `${folder}/original #1?.db`;
  const database = new DatabaseSync(file);
  database.exec(SCHEMA + sql);
  database.close();
  return file;
}

Deno.test("importOriginal() drops nothing of a database that others have written to", () => {
  using folder = temporaryFolder();
  const file = handMade(
    folder.path,
    `INSERT INTO runs VALUES ('odd id/ü', 'h', 'exploded', '2026-07-03T12:00:19+00:00', 'never');
     INSERT INTO steps VALUES ('odd id/ü', 7, '{"a": 1, "a": 2}', 9e999, 9e999, '2026-07-03T12:00:20+00:00', NULL);
     INSERT INTO steps VALUES ('odd id/ü', 3, 'not json', -1, 0.5, 'x', 'ValueError: no');
     INSERT INTO steps VALUES ('odd id/ü', 'third', x'7b7d', 0.5, 0.25, '2026-07-03T12:00:21', NULL);
     INSERT INTO steps VALUES ('nobody', 0, '{}', 0.1, NULL, '2026-07-03T12:00:22.5+00:00', NULL);`,
  );
  const store = memoryStore();
  const report = importInto(store, file);
  deepEqual(report.imported, ["odd id/ü", "nobody"]);
  const run = store.getRun("odd id/ü") as LoopRow;
  deepEqual([run.status, run.reason, run.nextStep, run.head?.step], ["interrupted", "imported:exploded", 9, 8]);
  const steps = store.steps(run.id) as readonly StepRow[];
  deepEqual(steps.map(({ step, status }) => [step, status]), [[3, "error"], [7, "ok"], [8, "ok"]]);
  deepEqual(steps.map((step) => stateOf(store, step)), ["not json", { a: 2 }, {}]);
  deepEqual(report.notes.map(({ path, text }) => `${path} ${text}`), [
    ...["updatedAt never", "status exploded", "state not json", "cost_usd -1", "timestamp x"],
    ...["state.a 1", "cost_usd Infinity", "score Infinity", "step_n third", "run "],
  ]);
  const [event] = store.events(run.id) as readonly { data: string }[];
  equal(JSON.parse(event.data).notes.length, 9);
  equal((store.getRun("nobody") as LoopRow).createdAt, Date.parse("2026-07-03T12:00:22.500Z"));
  store.close();
});

Deno.test("importOriginal() leaves runs alone that the store has, so that it can be asked again", () => {
  using folder = temporaryFolder();
  const file = handMade(folder.path, "INSERT INTO runs VALUES ('r', 'h', 'running', '2026-07-03T12:00:19+00:00', '')");
  const store = memoryStore();
  deepEqual(importInto(store, file).imported, ["r"]);
  deepEqual(importInto(store, file), { imported: [], present: ["r"], steps: 0, notes: [] });
  store.close();
});

Deno.test("readOriginal() repairs a copy where the last commit was cut short", () => {
  using folder = temporaryFolder();
  const file = handMade(folder.path, "INSERT INTO runs VALUES ('r', 'h', 'running', '2026-07-03T12:00:19+00:00', '')");
  const writer = new DatabaseSync(file);
  writer.exec("PRAGMA journal_mode = WAL; INSERT INTO runs VALUES ('s', 'h', 'running', '2026-07-04', '')");
  const before = [Deno.readFileSync(file), Deno.readFileSync(`${file}-wal`)];
  deepEqual([...readOriginal(file)].map(({ id }) => id), ["r", "s"]);
  deepEqual([Deno.readFileSync(file), Deno.readFileSync(`${file}-wal`)], before);
  writer.close();
});

Deno.test("readOriginal() refuses what is not there, and what is no database of loomc", () => {
  using folder = temporaryFolder();
  throws(() => [...readOriginal(`${folder.path}/none.db`)], { code: "not-found" });
  Deno.writeTextFileSync(`${folder.path}/text.db`, "some text that is no database at all");
  throws(() => [...readOriginal(`${folder.path}/text.db`)], { code: "not-original" });
  new DatabaseSync(`${folder.path}/other.db`).close();
  throws(() => [...readOriginal(`${folder.path}/other.db`)], { code: "not-original" });
});
