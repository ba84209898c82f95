import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { executeClean, planClean } from "../../core/run/clean/mod.ts";
import { hostFiles } from "../../plugins/host/files/mod.ts";
import { fakeContext } from "../support/fake_context.ts";
import { pipelineOf } from "../support/pipeline_of.ts";

/** A small world, so that paths meet: the pipeline's folder `base`, and `elsewhere` beside it. */
const name = fc.constantFrom("a", "b", "output", "tasks", "x.csv", "y.csv", "m_iter0");
const inBase = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const anywhere = fc.oneof(
  { weight: 6, arbitrary: inBase },
  inBase.map((path) => `../elsewhere/${path}`),
  fc.constantFrom("..", ".", "a/..", "../elsewhere", "tasks/make.py", "pipeline.yml", "a/../b"),
);
const world = fc.record({
  files: fc.array(anywhere, { maxLength: 12 }),
  links: fc.array(fc.record({ at: inBase, to: anywhere }), { maxLength: 4 }),
  produced: fc.array(anywhere, { minLength: 1, maxLength: 4 }),
  sources: fc.array(anywhere, { maxLength: 3 }),
  outside: fc.boolean(),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

Deno.test("executeClean() never removes what no step made, whatever links there are", async () => {
  await fc.assert(fc.asyncProperty(world, async (it) => await checkClean(it)), { numRuns: 400 });
});

async function checkClean(it: World): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "loom-clean-" }));
  try {
    build(root, it);
    await checkIn(root, it);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function checkIn(root: string, it: World): Promise<void> {
  const base = join(root, "base");
  const [before, allowed] = [entriesOf(root), it.produced.flatMap((path) => locations(base, path))];
  const context = fakeContext({ files: hostFiles, env: { HOME: join(root, "home") } });
  const plan = planClean({ pipeline: pipelineFor(base, it), text: "", warnings: [] }, context, it);
  if (plan.refused.length > 0) await executeClean(plan, context, { permanent: true }).catch(() => undefined);
  else await executeClean(plan, context, { permanent: true });
  const after = entriesOf(root);
  const removed = before.filter((path) => !after.includes(path));
  if (plan.refused.length > 0) deepEqual(removed, []);
  for (const path of removed) {
    const wasMade = allowed.some((made) => path === made || path.startsWith(`${made}/`));
    equal(wasMade || isLeftEmpty(path, join(base, "output"), removed, before), true, `removed ${path}`);
    equal(it.outside || path.startsWith(`${base}/`), true, `removed ${path}, which lies outside`);
  }
  const sources = it.sources.flatMap((path) => locations(base, path)).filter((path) => !allowed.includes(path));
  deepEqual(sources.filter((path) => removed.includes(path)), [], "source data was removed");
  for (const kept of ["pipeline.yml", "tasks/make.py"]) equal(Deno.readTextFileSync(join(base, kept)), "kept");
}

function build(root: string, it: World): void {
  for (const folder of ["base/tasks", "elsewhere", "home"]) Deno.mkdirSync(join(root, folder), { recursive: true });
  for (const file of ["pipeline.yml", "tasks/make.py"]) Deno.writeTextFileSync(join(root, "base", file), "kept");
  // What does not fit, because a file is where a folder is needed, is left out of this world.
  for (const { at, to } of it.links) attempt(() => Deno.symlinkSync(to, made(join(root, "base", at))));
  for (const path of it.files) {
    attempt(() => Deno.writeTextFileSync(made(`${root}/base/${path}`), "", { createNew: true }));
  }
}

function made(path: string): string {
  Deno.mkdirSync(dirname(path), { recursive: true });
  return path;
}

function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

function pipelineFor(base: string, it: World) {
  const outputs = it.produced.map((path, i) => [`out${i}`, path] as const);
  const data = Object.fromEntries([...outputs, ...it.sources.map((path, i) => [`in${i}`, path] as const)]);
  const flags = Object.fromEntries(outputs.map(([key]) => [`--${key}`, `$${key}`]));
  const pipeline = [{ name: "make", task: "tasks/make.py", outputs: flags }];
  return pipelineOf({ data, pipeline }, join(base, "pipeline.yml"));
}

// Where a path really is, worked out on its own: the folder resolved by the system, the last part as it is.
function locations(base: string, path: string): readonly string[] {
  try {
    return [join(Deno.realPathSync(dirname(`${base}/${path}`)), basename(path))];
  } catch (error) {
    if (error instanceof Error && "code" in error) return [];
    throw error;
  }
}

function isLeftEmpty(path: string, output: string, removed: readonly string[], before: readonly string[]): boolean {
  const contents = before.filter((entry) => entry.startsWith(`${path}/`));
  return (path === output || path.startsWith(`${output}/`)) && contents.length > 0 &&
    contents.every((entry) => removed.includes(entry));
}

function entriesOf(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => [
    `${folder}/${name}`,
    ...(isDirectory ? entriesOf(`${folder}/${name}`) : []),
  ]);
}
