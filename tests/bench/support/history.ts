/**
 * A project with thousands of runs behind it, made by the store's own means.
 *
 * @module
 */

import type { RunRecord, Store } from "../../../core/ports/store.ts";
import { hostStores } from "../../../plugins/host/store/mod.ts";

/** Steps of each run. */
const STEPS = 8;

/** Makes `<folder>/.loom` with so many runs; gives their ids, the oldest first. */
export function makeHistory(folder: string, count: number): readonly string[] {
  const store = hostStores().open(folder, (message) => {
    throw new Error(message);
  });
  try {
    const texts = [1, 2].map((version) => scriptText(version));
    const scripts = texts.map((text) => store.objects.putText(text));
    return store.transaction(() => Array.from({ length: count }, (_, at) => putRun(at, scripts[at % 2], store)));
  } finally {
    store.close();
  }
}

function scriptText(version: number): string {
  return Array.from({ length: 500 }, (_, line) => `value_${line} = ${line === 250 ? version : line}\n`).join("");
}

function putRun(at: number, script: string, { journal }: Store): string {
  const id = (at * 7919 + 4096).toString(16).padStart(12, "0");
  const createdAt = Date.UTC(2026, 0, 1) + at * 60_000;
  const run: RunRecord = {
    id,
    kind: "pipeline",
    name: "pipeline.yml",
    status: "running",
    createdAt,
    request: { selection: { mode: "all" }, include: [], parameters: { lr: String(at / 1000) }, data: {}, extra: [] },
    details: {
      parameters: { lr: at / 1000, epochs: 20, seed: at % 10 },
      git: { commit: "a".repeat(40), dirty: false },
    },
  };
  journal.createRun(run);
  let seq = 0;
  for (let step = 0; step < STEPS; step++) {
    const name = `step-${step}`;
    const head = { run: id, step: name, at: createdAt };
    journal.appendEvent({ ...head, type: "step_started", seq: ++seq, detail: { kind: "task" }, attempt: 1 });
    journal.appendEvent({ ...head, type: "step_finished", seq: ++seq, status: "done", durationMs: 100 + at % 7 });
    putStep(id, { name, at, script }, journal);
  }
  journal.finishRun(id, { status: "done", endedAt: createdAt + 900, durationMs: 900, metrics: { acc: at / 10_000 } });
  return id;
}

function putStep(
  run: string,
  { name: step, at, script }: { readonly name: string; readonly at: number; readonly script: string },
  journal: Store["journal"],
): void {
  const common = { run, step, part: "" };
  const command = ["python3", `${step}.py`, "--lr", String(at / 1000)];
  journal.putAttempt({ ...common, attempt: 1, status: "done", command, startedAt: 0, durationMs: 100, exitCode: 0 });
  const digest = (at % 50).toString(16).padStart(64, "0");
  const fingerprint = {
    ...{ script: ["step.py", script], python: "3.11.7", imports: [], inputs: [["raw.csv", digest]], outputs: [] },
    ...{ args: [["--lr", String(at / 1000)]], files: [], env: [], extra: [] },
  };
  const outputs = JSON.stringify([[`out/${step}.txt`, digest]]);
  journal.putStep({ ...common, fingerprint: JSON.stringify(fingerprint), outputs });
}
