/**
 * Runs over a server of `loom ui`: pipelines that say something, take long, or are swept.
 *
 * @module
 */

import { ok } from "node:assert/strict";
import { inServed, type Served } from "./served.ts";

const PIPELINE = `data:
  raw: {path: raw.txt}
  a: {path: out/a.txt}
  b: {path: out/b.txt}
parameters: {lr: 0.1}
metrics: [out/m.json]
pipeline:
  - {name: get it, task: say.py, inputs: {text: $raw}, outputs: {--out: $a}}
  - {name: fit, task: say.py, inputs: {text: $a}, outputs: {--out: $b}, args: {--lr: $lr}}
  - {name: extra, task: say.py, optional: true, inputs: {text: $b}}
`;

const SAY = `import json, os, sys
words = sys.argv[1:]
print("grüße from", *words, flush=True)
if "--out" in words:
    path = words[words.index("--out") + 1]
    open(path, "w").write(" ".join(words))
    lr = float(words[words.index("--lr") + 1]) if "--lr" in words else 1
    json.dump({"loss": lr * 2}, open("out/m.json", "w"))
`;

/** Starts a program of its own, and writes down who they are. */
const SLOW = `import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open("pids.tmp", "w").write(f"{os.getpid()} {child.pid}")
os.rename("pids.tmp", "pids")
print("begun", flush=True)
time.sleep(600)
`;

/** By path. */
export const FILES = {
  "p.yml": PIPELINE,
  "say.py": SAY,
  "slow.py": SLOW,
  "raw.txt": "x",
  "slow.yml": "pipeline:\n  - {name: wait, task: slow.py}\n  - {name: then, task: slow.py}\n",
  "sweep.yml":
    "matrix: {lr: [0.1, 0.2, 0.4]}\nmetrics: [m.json]\ndata: {m: m.json}\nparameters: {lr: 1.0}\npipeline:\n" +
    "  - {name: fit, task: fit.py, args: {--lr: $lr}, outputs: {--out: $m}}\n",
  "fit.py": "import json, sys\nw = sys.argv\n" +
    "json.dump({'loss': float(w[w.index('--lr') + 1]) - 0.2}, open(w[w.index('--out') + 1], 'w'))\n",
};

/** Serves them, and allows that they are run. */
export const trusted = (work: (served: Served) => Promise<void>) =>
  inServed(FILES, async (served) => {
    await served.post("/api/trust", { allow: true });
    await work(served);
  });

/** What a test looks into as it pleases. */
// deno-lint-ignore no-explicit-any
export type Answer = any;

/** Looks again and again until there is something. */
export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  what: string,
): Promise<T> {
  for (let i = 0; i < 1000; i++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Never seen: ${what}`);
}

/** Runs it and waits for its end. */
export async function run(served: Served, wish: Record<string, unknown>, path = "p.yml"): Promise<Answer> {
  const started = await served.post("/api/runs", { path, ...wish });
  ok(started.run, JSON.stringify(started));
  return await ended(served, started.run, path);
}

/** Waits for the end of a run. */
export async function ended(served: Served, id: string, path = "p.yml"): Promise<Answer> {
  return await until(async () => {
    const record = await served.get(`/api/runs/${id}`, { path });
    return record.id !== undefined && !record.live && record;
  }, `the end of run ${id}`);
}
