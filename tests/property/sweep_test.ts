import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { pipelineOf, type Plain } from "../support/pipeline_of.ts";
import { dependencies } from "../../core/graph/dependencies.ts";
import type { Pipeline, TaskStep } from "../../core/graph/pipeline.ts";
import { resolveTask } from "../../core/graph/resolve_task.ts";
import type { Sweep } from "../../core/sweep/expand.ts";
import { planSweep } from "../../core/sweep/plan.ts";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

const KEYS = ["k", "l", "m"];

/** What one step uses: parameters, files of steps before it; and how it writes those down. */
const someStep = fc.record({
  keys: fc.subarray(KEYS),
  reads: fc.array(fc.nat(20), { maxLength: 2 }),
  isLiteral: fc.boolean(),
  isNested: fc.boolean(),
  hasWhen: fc.boolean(),
});

const someMatrix = fc.record({
  sizes: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })),
  extra: fc.option(fc.constantFrom(0, 9), { nil: undefined }),
});

type Part = typeof someStep extends fc.Arbitrary<infer T> ? T : never;

function documentOf(parts: readonly Part[], matrix: Plain | undefined): Readonly<Record<string, Plain>> {
  const fileOf = (at: number) => parts[at].isLiteral ? `output/f${at}.txt` : `$f${at}`;
  return {
    parameters: { k: 0, l: 0, m: 0, text: "fixed" },
    data: {
      dir: "output/dir",
      ...Object.fromEntries(parts.map(({ isNested }, at) => {
        return [`f${at}`, isNested ? { path: `f${at}.txt`, nested_in: "$dir" } : `output/f${at}.txt`];
      })),
    },
    ...(matrix !== undefined && { matrix }),
    pipeline: parts.map(({ keys, reads, hasWhen }, at) => ({
      name: `s${at}`,
      task: "t.py",
      inputs: Object.fromEntries(at === 0 ? [] : reads.map((file, nth) => [`i${nth}`, fileOf(file % at)])),
      outputs: { "--o": fileOf(at) },
      args: Object.fromEntries(keys.map((key) => [`--${key}`, `$${key}`])),
      ...(hasWhen && { when: "m < 100" }),
    })),
  };
}

function commandOf(pipeline: Pipeline, step: TaskStep): string {
  const { inputs, outputs, args } = resolveTask(pipeline, step, { env: {} });
  const words = [...inputs.map((it) => it.value), ...outputs.map((it) => it.path), ...args.flatMap((it) => it.words)];
  return words.join(" ");
}

/** Paths as they are without a sweep. */
function plainly(command: string): string {
  return command.replaceAll(/sweeps\/[^/ ]+\//g, "");
}

/** Step to what it does and all that led to it, whatever the paths. */
function storiesOf(pipeline: Pipeline): ReadonlyMap<string, string> {
  const links = dependencies(pipeline, {});
  const stories = new Map<string, string>();
  for (const step of pipeline.steps as readonly TaskStep[]) {
    const before = [...links.get(step.name)!].map((name) => stories.get(name)).sort();
    const asked = step.when === undefined ? "" : `if ${pipeline.parameters.get("m")}`;
    stories.set(step.name, `${step.name}: ${commandOf(pipeline, step)} ${asked} after (${before.join()})`);
  }
  return stories;
}

Deno.test("property: every point of a sweep runs what a plain run with its values would, and nothing runs twice", () => {
  const property = fc.property(fc.array(someStep, { minLength: 1, maxLength: 6 }), someMatrix, (parts, it) => {
    const lists = it.sizes.map((size) => Array.from({ length: size }, (_, at) => at + 1));
    const matrix = {
      k: lists[0],
      l: lists[1],
      ...(it.extra !== undefined && { include: [{ k: 1, l: 1, m: it.extra }] }),
    };
    const sweep = planSweep(pipelineOf(documentOf(parts, matrix)), { pinned: new Map(), env: {}, digest });
    // A sweep of which no step uses anything is refused.
    if (!("clones" in sweep)) throw new Error(sweep.problems[0].message);
    checkPoints(sweep, documentOf(parts, undefined));
  });
  fc.assert(property, { numRuns: 300 });
});

function checkPoints(sweep: Sweep, plain: Readonly<Record<string, Plain>>): void {
  const { clones, pipeline, points } = sweep;
  const tasks = pipeline.steps as readonly TaskStep[];
  const different = new Set<string>();
  for (const point of points) {
    const own = tasks.filter(({ name }) => clones.get(name)?.points.includes(point) ?? true);
    const found = own.map((step) => [clones.get(step.name)?.step ?? step.name, plainly(commandOf(pipeline, step))]);
    const base = pipelineOf(plain);
    const alone = { ...base, parameters: new Map([...base.parameters, ...point.values]) };
    deepEqual(found, alone.steps.map((step) => [step.name, commandOf(alone, step as TaskStep)]), point.name);
    // What a step of the point reads, steps of the same point make.
    const names = new Set(own.map(({ name }) => name));
    const links = dependencies(pipeline, {});
    equal(own.every(({ name }) => [...links.get(name)!].every((other) => names.has(other))), true);
    for (const story of storiesOf(alone).values()) different.add(story);
  }
  equal(new Set(tasks.map((step) => commandOf(pipeline, step))).size, tasks.length);
  // Steps that fill one folder go together, so they may be done for more values than they use.
  if (!JSON.stringify(plain).includes("nested_in")) equal(tasks.length, different.size);
}
