/**
 * loom killed at any moment: nothing half-written is ever taken for fresh, nothing done is done again, nothing is lost.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { looms, Project } from "../support/cli.ts";
import { historyOf, seededRandom, snapshot, survivors } from "../support/sandbox.ts";
import { sendSignal } from "../support/send_signal.ts";

const KILLS = 100;
const AT_ONCE = 2;
const MARK = "LOOM_KILLED";

/** Writes in two halves what depends on its inputs, and notes that it did. */
const WORK = `#!/bin/sh
name=\${1##*/}; shift
echo "$name" >> ran.log
sum=
while [ "$1" != --out ]; do
  sum=$sum$(cat "$1"/* "$1" 2>/dev/null | cksum)
  shift
done
out=$2
case $out in *hdir*) mkdir -p "$out"; out=$out/part ;; esac
printf '%s of ' "$name" > "$out"
sleep 0.01
printf '%s\\n' "$sum" >> "$out"
`;

/** The name comes first as an input that is no file's; `./` is the base folder's own. */
const PIPELINE = `
data: {raw: raw.txt, items: items, each: out/each, a: out/a.txt, b: out/b.txt, c: out/c.txt, g: out/g.txt, h: out/hdir, z: out/z.txt, y: out/y.txt}
pipeline:
  - {name: a, task: work, inputs: {n: a, x: $raw}, outputs: {--out: $a}}
  - {name: b, task: work, inputs: {n: b, x: $a}, outputs: {--out: $b}}
  - {name: each, task: work, loop: {over: $items, into: $each}, inputs: {n: each, x: $loop_item}, outputs: {--out: $loop_output}}
  - {name: c, task: work, inputs: {n: c, x: $raw, y: $each}, outputs: {--out: $c}}
  - group: rounds
    multi_pass: {count: 2}
    steps:
      - {name: g, task: work, inputs: {n: g, x: $b}, outputs: {--out: $g}}
      - {name: h, task: work, inputs: {n: h, x: $g}, outputs: {--out: $h}}
  - {name: y, task: work, inputs: {n: y, x: $raw}, outputs: {--out: $y}, atomic: true}
  - {name: z, task: work, inputs: {n: z, x: $c, y: $h, w: $y}, outputs: {--out: $z}}
`;
const FILES = {
  "raw.txt": "raw\n",
  "items/1.txt": "1\n",
  "items/2.txt": "2\n",
  "items/3.txt": "3\n",
  "pipeline.yml": PIPELINE,
  work: WORK,
};
const MODES = ["--sequential", "--parallel"] as const;

/** Where one kill strikes. */
interface Blow {
  readonly index: number;
  readonly mode: typeof MODES[number];
  readonly afterMs: number;
}

async function project(index: number): Promise<Project> {
  const made = await Project.make(looms[index % looms.length], FILES);
  await Deno.chmod(made.path("work"), 0o755);
  return made;
}

/** What an undisturbed run makes and how long that takes, for each way to start loom. */
async function undisturbed(index: number, mode: string): Promise<{ outputs: object; tookMs: number }> {
  await using calm = await project(index);
  const startMs = performance.now();
  (await calm.run(["pipeline.yml", mode])).expect({ out: ["7/7"] });
  return { outputs: snapshot(calm.path("out")), tookMs: performance.now() - startMs };
}

async function strike({ index, mode, afterMs }: Blow, outputs: object): Promise<void> {
  const about = `kill ${index} of ${looms[index % looms.length].name} ${mode} after ${afterMs.toFixed(1)} ms`;
  const mark = `${MARK}=${crypto.randomUUID()}`;
  await using struck = await project(index);
  await killed(struck, ["pipeline.yml", mode, "--cached"], { mark, afterMs });
  const before = historyOf(struck.folder);
  ok(before === undefined || before.integrity === "ok", about);
  const logged = await forget(struck);
  const again = await struck.run(["pipeline.yml", mode, "--cached", "--json"]);
  deepEqual(again.code, 0, `${about}: ${again.report()}`);
  deepEqual({ about, logged, made: snapshot(struck.path("out")) }, { about, logged, made: outputs });
  deepEqual(ranParts(again.events).filter((part) => before?.done.has(part)), [], `${about}: ran what was done`);
  deepEqual(await survivors(mark, 2000), [], `${about}: still alive`);
  const after = historyOf(struck.folder)!;
  deepEqual([after.integrity, after.broken], ["ok", []], about);
  deepEqual(after.runs.length, (before?.runs.length ?? 0) + 1, about);
  deepEqual(after.runs.filter(({ status }) => status === "running"), [], about);
  (await struck.run(["pipeline.yml", "--cached"])).expect({ out: ["7/7"], not: ["[RUNNING]"] });
}

async function killed(
  struck: Project,
  args: readonly string[],
  { mark, afterMs }: { readonly mark: string; readonly afterMs: number },
): Promise<void> {
  const [name, value] = mark.split("=");
  const child = struck.start(args, { env: { [name]: value } });
  await child.stdin.close();
  const drained = Promise.all([child.stdout, child.stderr].map((stream) => stream.pipeTo(new WritableStream())));
  const timer = setTimeout(() => sendSignal(child, "SIGKILL"), afterMs);
  await child.status;
  clearTimeout(timer);
  // A program that lives on for a moment holds the pipe.
  await drained;
}

/** What had been started so far, for the report. */
async function forget(struck: Project): Promise<string> {
  const log = await struck.read("ran.log") ?? "";
  if (log !== "") await struck.remove("ran.log");
  return `started: ${log.replaceAll("\n", " ")}`;
}

/** \`step\`, or \`step/part\`, of everything that a run really started. */
function ranParts(events: readonly Record<string, unknown>[]): readonly string[] {
  const loops = new Set<unknown>();
  return events.flatMap((event) => {
    const kind = (event.detail as { kind: string } | undefined)?.kind;
    if (event.type === "step_started" && kind !== "task") loops.add(event.step);
    if (event.type === "step_started" && kind === "task") return [String(event.step)];
    if (event.type !== "part_started") return [];
    const item = event.item as { name: string } | undefined;
    return [`${event.step}/${item?.name ?? `${event.iteration}/${event.inner}`}`];
  });
}

Deno.test("loom killed at a hundred moments loses and repeats nothing, and trusts nothing half-written", async () => {
  const seed = Math.trunc(Math.random() * 2 ** 31);
  const random = seededRandom(seed);
  const calm = new Map<string, { outputs: object; tookMs: number }>();
  for (const mode of MODES) {
    for (const index of looms.keys()) calm.set(`${index} ${mode}`, await undisturbed(index, mode));
  }
  const blows = Array.from({ length: KILLS }, (_, index): Blow => {
    const mode = MODES[(index >> 1) % 2];
    const { tookMs } = calm.get(`${index % looms.length} ${mode}`)!;
    // Two at a time are slower, so the range is a little longer than one run takes alone.
    return { index, mode, afterMs: (index + random()) / KILLS * tookMs * 1.3 };
  });
  const left = [...blows];
  const worker = async () => {
    for (let blow = left.shift(); blow !== undefined; blow = left.shift()) {
      await strike(blow, calm.get(`${blow.index % looms.length} ${blow.mode}`)!.outputs);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } catch (cause) {
    throw new Error(`With seed ${seed}: ${(cause as Error).message}`, { cause });
  }
});
