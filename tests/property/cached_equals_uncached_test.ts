/**
 * Whatever is edited between two runs: after a cached run every output is what a full run in a fresh folder makes.
 *
 * @module
 */

import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { follow } from "../support/runs.ts";
import { snapshot } from "../support/sandbox.ts";

const RAW = 3;
const PARAMETERS = 2;

/** What a generated step reads: raw files, earlier steps and parameters by number. */
interface StepPlan {
  readonly raw: readonly number[];
  readonly earlier: readonly number[];
  readonly parameter?: number;
  /** Makes a folder instead of a file. */
  readonly folder: boolean;
  readonly loop: boolean;
  /** Ignores all but the first character of what it reads, so that changes may end here. */
  readonly coarse: boolean;
}

/** Something a person does between two runs. */
type Edit =
  | { readonly kind: "raw" | "script" | "parameter"; readonly index: number; readonly value: number }
  | { readonly kind: "delete" | "by hand" | "touch"; readonly index: number }
  | { readonly kind: "add item" | "remove item" | "edit item"; readonly index: number; readonly value: number };

const index = fc.nat(5);
const value = fc.nat(3);

const plans: fc.Arbitrary<readonly StepPlan[]> = fc.array(
  fc.record({
    raw: fc.array(fc.nat(RAW - 1), { maxLength: 2 }),
    earlier: fc.array(fc.nat(5), { maxLength: 2 }),
    parameter: fc.option(fc.nat(PARAMETERS - 1), { nil: undefined }),
    folder: fc.boolean(),
    loop: fc.boolean(),
    coarse: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("raw" as const, "script" as const, "parameter" as const), index, value }),
    fc.record({ kind: fc.constantFrom("delete" as const, "by hand" as const, "touch" as const), index }),
    fc.record({
      kind: fc.constantFrom("add item" as const, "remove item" as const, "edit item" as const),
      index,
      value,
    }),
  ),
  { minLength: 1, maxLength: 3 },
);

/** Everything a person wrote: path to text. */
class Sources {
  readonly files = new Map<string, string>();
  readonly parameters: number[] = Array(PARAMETERS).fill(0);
  readonly steps: readonly StepPlan[];

  constructor(steps: readonly StepPlan[]) {
    this.steps = steps;
    for (let i = 0; i < RAW; i++) this.files.set(`raw${i}.txt`, "0");
    for (const name of ["a", "b"]) this.files.set(`items/${name}.txt`, `${name}0`);
    steps.forEach((step, i) => this.files.set(`s${i}`, scriptOf(step, 0)));
    this.#writePipeline();
  }

  edit(edit: Edit): void {
    const step = edit.index % this.steps.length;
    if (edit.kind === "raw") this.files.set(`raw${edit.index % RAW}.txt`, `${edit.value}`);
    if (edit.kind === "script") this.files.set(`s${step}`, scriptOf(this.steps[step], edit.value));
    if (edit.kind === "parameter") this.parameters[edit.index % PARAMETERS] = edit.value;
    if (edit.kind === "add item" || edit.kind === "edit item") {
      this.files.set(`items/${"abcd"[edit.index % 4]}.txt`, `${edit.value}`);
    }
    if (edit.kind === "remove item") this.files.delete(`items/${"bcd"[edit.index % 3]}.txt`);
    this.#writePipeline();
  }

  #writePipeline(): void {
    const names = this.steps.map((_, i) => `o${i}: out/o${i}`);
    const raws = Array.from({ length: RAW }, (_, i) => `r${i}: raw${i}.txt`);
    const values = this.parameters.map((value, i) => `p${i}: ${value}`);
    this.files.set(
      "pipeline.yml",
      `data: {${[...raws, ...names, "items: items"].join(", ")}}\nparameters: {${values.join(", ")}}\npipeline:\n${
        this.steps.map((step, i) => `  - ${lineOf(step, i)}`).join("\n")
      }\n`,
    );
  }
}

function lineOf(step: StepPlan, i: number): string {
  const earlier = i === 0 ? [] : step.earlier.map((other) => `$o${other % i}`);
  const inputs = [...step.raw.map((raw) => `$r${raw}`), ...earlier, ...(step.loop ? ["$loop_item"] : [])];
  const output = step.loop ? "$loop_output" : `$o${i}`;
  const args = step.parameter === undefined ? "" : `, args: {--p: $p${step.parameter}}`;
  const loop = step.loop ? `, loop: {over: $items, into: $o${i}}` : "";
  const map = inputs.map((input, n) => `i${n}: ${input}`).join(", ");
  return `{name: s${i}, task: s${i}, inputs: {${map}}, outputs: {--out: ${output}}${args}${loop}}`;
}

/** Writes a version, its parameter, and a digest of what it reads. */
function scriptOf({ folder, loop, coarse }: StepPlan, version: number): string {
  const target = folder && !loop ? 'mkdir -p "$out"; out="$out/part"' : ":";
  return `#!/bin/sh
sum=
while [ "$1" != --out ]; do
  if [ -d "$1" ]; then sum="$sum $(cd "$1" && find . -type f | sort | xargs -r cat | cksum)"
  else sum="$sum $(${coarse ? 'head -c 1 "$1"' : 'cksum < "$1"'})"; fi
  shift
done
out=$2
${target}
printf '%s\\n' "v${coarse ? version >> 1 : version} $3 $4 $sum" > "$out"
`;
}

async function write(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, text] of files) {
    const path = join(folder, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, text);
    if (/^s\d+$/.test(name)) await Deno.chmod(path, 0o755);
  }
}

/** Brings what changed to the disk, and what an edit does to outputs. */
async function apply(folder: string, before: ReadonlyMap<string, string>, sources: Sources, edit: Edit): Promise<void> {
  const changed = [...sources.files].filter(([name, text]) => before.get(name) !== text);
  await write(folder, new Map(changed));
  for (const name of before.keys()) if (!sources.files.has(name)) await Deno.remove(join(folder, name));
  if (edit.kind !== "delete" && edit.kind !== "by hand" && edit.kind !== "touch") return;
  const made = Object.keys(snapshot(join(folder, "out")));
  if (made.length === 0) return;
  const path = join(folder, "out", made[edit.index % made.length]);
  if (edit.kind === "delete") await Deno.remove(path);
  else if (edit.kind === "by hand") await Deno.writeTextFile(path, "by hand");
  else await Deno.utime(path, new Date(), new Date());
}

async function run(folder: string, options: { cached: boolean; parallel: boolean }): Promise<void> {
  const outcome = await follow(join(folder, "pipeline.yml"), { ...options, dropRemoved: true, project: folder });
  deepEqual([outcome.status, outcome.succeeded], ["done", outcome.total]);
}

async function inFreshFolder(sources: Sources): Promise<object> {
  const folder = await Deno.makeTempDir({ prefix: "loom-fresh-" });
  try {
    await write(folder, sources.files);
    await run(folder, { cached: false, parallel: false });
    return snapshot(join(folder, "out"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("after any edits a cached run leaves what a full run in a fresh folder makes", async () => {
  await fc.assert(
    fc.asyncProperty(
      plans,
      fc.array(edits, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (steps, rounds, parallel) => {
        const folder = await Deno.makeTempDir({ prefix: "loom-edited-" });
        try {
          const sources = new Sources(steps);
          await write(folder, sources.files);
          await run(folder, { cached: true, parallel });
          for (const round of rounds) {
            for (const edit of round) {
              const before = new Map(sources.files);
              sources.edit(edit);
              await apply(folder, before, sources, edit);
            }
            await run(folder, { cached: true, parallel });
            deepEqual(snapshot(join(folder, "out")), await inFreshFolder(sources));
          }
        } finally {
          await Deno.remove(folder, { recursive: true });
        }
      },
    ),
    { numRuns: 60 },
  );
});
