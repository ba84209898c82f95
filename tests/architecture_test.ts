import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import plugin from "../_tools/lint_plugin.ts";
import { type Edge, importGraph } from "./support/import_graph.ts";
import { isTest, violation } from "./support/layers.ts";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");
const MAX_LINES = 300;

const tracked = await listFiles();
const sources = tracked.filter((file) => file.endsWith(".ts") && !/^(examples|processes)\//.test(file));
const edges = await importGraph(root, sources);

Deno.test("importGraph() sees imports of types and of values", () => {
  const has = (wanted: Edge) => edges.some((edge) => JSON.stringify(edge) === JSON.stringify(wanted));
  equal(has({ from: "core/context.ts", to: "core/ports/clock.ts", typeOnly: true }), true);
  equal(has({ from: "_tools/run_tests.ts", to: "_tools/set_up.ts", typeOnly: false }), true);
});

Deno.test("imports follow the table of layers", () => {
  deepEqual(edges.flatMap((edge) => describe(edge, violation(edge))), []);
});

Deno.test("violation() finds an edge that climbs", () => {
  const climbs: Edge = { from: "core/graph/plan.ts", to: "core/run/runner.ts", typeOnly: false };
  equal(violation(climbs), "core/graph stands below core/run");
  equal(violation({ ...climbs, to: "node:path" }), "core takes only pure packages");
  equal(violation({ ...climbs, to: "npm:/zod@4.6.7" }), undefined);
});

Deno.test("no two folders import each other, directly or through others", () => {
  const product = edges.filter(({ from, to }) => !isTest(from) && to.endsWith(".ts") && !to.startsWith("npm:"));
  deepEqual(cycleIn(product.map(({ from, to }) => [unitOf(from), unitOf(to)])), []);
});

Deno.test("cycleIn() names the folders of a cycle", () => {
  deepEqual(cycleIn([["a", "b"], ["b", "c"], ["c", "b"]]), ["b", "c", "b"]);
});

Deno.test("core/ is pure", async () => {
  const found: string[] = [];
  for (const file of sources.filter((file) => file.startsWith("core/"))) {
    const text = await Deno.readTextFile(`${root}/${file}`);
    found.push(
      ...Deno.lint.runPlugin(plugin, file, text).map((it) => `${file}:${lineOf(text, it.range[0])}: ${it.message}`),
    );
  }
  deepEqual(found, []);
});

Deno.test("the rule pure-core sees clocks, dice and platforms, and leaves names of properties alone", () => {
  const text = "export const a = { fetch: 1, b: Date.now(), c: new Date(), d: Deno.args, e: Math.random() };";
  equal(Deno.lint.runPlugin(plugin, "core/x.ts", text).length, 4);
  equal(Deno.lint.runPlugin(plugin, "plugins/host/x.ts", text).length, 0);
});

Deno.test("the rule literal-import lets only the start and the plugins compute what they load", () => {
  const text = "export const load = (name: string) => [import(name), import('./x.ts')];";
  equal(Deno.lint.runPlugin(plugin, "ui/cli/x.ts", text).length, 1);
  equal(Deno.lint.runPlugin(plugin, "main.ts", text).length, 0);
});

Deno.test("the rule strict-assert knows the names that compare loosely, and what to import", () => {
  const text = `import { deepEqual, notEqual, ok, strictEqual as equal } from "node:assert/strict";`;
  const found = Deno.lint.runPlugin(plugin, "tests/x_test.ts", text);
  deepEqual(found.map(({ hint }) => hint), [
    "Import deepStrictEqual as deepEqual.",
    "Import notStrictEqual as notEqual.",
  ]);
});

Deno.test(`no file is longer than ${MAX_LINES} lines, save tests and tables`, async () => {
  const long: string[] = [];
  for (const file of sources.filter((file) => !isTest(file) && !file.includes("generated"))) {
    const lines = (await Deno.readTextFile(`${root}/${file}`)).split("\n").length - 1;
    if (lines > MAX_LINES) long.push(`${file}: ${lines} lines`);
  }
  deepEqual(long, []);
});

Deno.test("no file names a folder of the machine it was written on", async () => {
  const shared = ["/", "/home", "/opt", "/root", "/srv", "/tmp", "/var/tmp"];
  const places = [root, dirname(root)].filter((place) => !shared.includes(place)).map((place) => `${place}/`);
  const found: string[] = [];
  for (const file of tracked.filter((file) => !/\.(png|jpg|gz|db|wasm)$/.test(file))) {
    const text = await Deno.readTextFile(`${root}/${file}`);
    found.push(...places.filter((place) => text.includes(place)).map((place) => `${file}: ${place}`));
  }
  deepEqual(found, []);
});

function describe(edge: Edge, reason: string | undefined): string[] {
  return reason === undefined ? [] : [`${edge.from} -> ${edge.to}: ${reason}`];
}

/** A folder, or a file that stands for itself because its folder only holds such. */
function unitOf(path: string): string {
  const folder = dirname(path);
  return folder === "core" || folder === "." || folder === "plugins" ? path : folder;
}

/** The names along one cycle, its first name again at the end; empty if there is none. */
function cycleIn(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of pairs) if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  const finished = new Set<string>();
  const walk = (unit: string, path: readonly string[]): readonly string[] => {
    if (path.includes(unit)) return [...path.slice(path.indexOf(unit)), unit];
    if (finished.has(unit)) return [];
    for (const to of next.get(unit) ?? []) {
      const cycle = walk(to, [...path, unit]);
      if (cycle.length > 0) return cycle;
    }
    finished.add(unit);
    return [];
  };
  return [...next.keys()].map((unit) => walk(unit, [])).find((cycle) => cycle.length > 0) ?? [];
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Files that git tracks or would track, so that a new file is judged before it is added. */
async function listFiles(): Promise<readonly string[]> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { success, stdout, stderr } = await new Deno.Command("git", { args, cwd: root }).output();
  if (!success) throw new Error(`Cannot list the files of ${root}: ${new TextDecoder().decode(stderr)}`);
  const names = new TextDecoder().decode(stdout).split("\0").filter((name) => name !== "");
  const present = await Promise.all(
    names.map((name) => Deno.lstat(`${root}/${name}`).then((it) => it.isFile, () => false)),
  );
  return names.filter((_, index) => present[index]);
}
