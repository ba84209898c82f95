import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { inBrowser, type Opened } from "../support/browser.ts";
import type { FileSet } from "../support/cli.ts";
import { until } from "../support/ui_runs.ts";

/** What stands in the file before anything is drawn. */
const FIRST = "# My first pipeline\n";

/** Starts a program of its own, writes down who they are, and goes on until it is ended. */
const SLOW = `import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open("pids.tmp", "w").write(f"{os.getpid()} {child.pid}")
os.rename("pids.tmp", "pids")
time.sleep(600)
`;

const EXAMPLES = new URL("../../examples/", import.meta.url);

/** Data by the keys that they have at first, those that they get, and what their files end with. */
const DATA = [
  ["generate_o", "numbers", "csv"],
  ["mean_of_o", "low", "json"],
  ["mean_of_2_o", "high", "json"],
  ["json", "comparison", "json"],
] as const;

/** Files of an example, below another folder. */
async function example(name: string, paths: readonly string[], below = ""): Promise<FileSet> {
  const read = async (path: string) => [below + path, await Deno.readTextFile(new URL(`${name}/${path}`, EXAMPLES))];
  return Object.fromEntries(await Promise.all(paths.map(read)));
}

/** The folder of a person who begins: scripts, and no graph yet. */
async function files(): Promise<FileSet> {
  const texts = [...Deno.readDirSync(new URL("loop/texts/", EXAMPLES))].map(({ name }) => `texts/${name}`);
  return {
    ...await example("diamond", ["tasks/generate.py", "tasks/mean_of.py", "tasks/compare.py"]),
    ...await example("loop", ["pipeline.yml", "tasks/count_lines.py", "tasks/total.py", ...texts], "looped/"),
    "slow/pipeline.yml": "pipeline:\n  - {name: wait, task: slow.py}\n  - {name: then, task: slow.py}\n",
    "slow/slow.py": SLOW,
    "pipeline.yml": FIRST,
  };
}

Deno.test("a person builds a pipeline by mouse, runs it, changes their mind, and ends what takes too long", async () =>
  inBrowser(await files(), async (opened) => {
    opened.page.setDefaultTimeout(10_000);
    await opened.page.getByText("This pipeline is empty").waitFor();
    await build(opened);
    await runFromTerminal(opened);
    await changeOne(opened);
    await undoAll(opened);
    await watchStale(opened);
    await runLoop(opened);
    await cancel(opened);
  }));

/** Steps from the list of tasks, lines from handle to handle, a path where a file goes. */
async function build({ page, project, picture }: Opened): Promise<void> {
  await page.getByRole("button", { name: "Output", exact: true }).click();
  for (const task of ["generate", "mean_of", "mean_of", "compare"]) await addTask(page, task);
  await page.getByTitle("Add json: click, or drag onto the canvas").click();
  await node(page, "data_json").waitFor();
  await showAll(page);
  for (let i = 0; i < 3; i++) await page.getByRole("button", { name: "Zoom Out" }).click();
  await settled(page);
  await put(page, "generate", 0.06, 0.35);
  await put(page, "mean_of", 0.4, 0.12);
  await put(page, "compare", 0.8, 0.12);
  await put(page, "data_json", 0.8, 0.65);
  await put(page, "mean_of_2", 0.4, 0.65);
  // A file between two steps comes by itself with the line.
  await line(page, ["generate", "out:-o"], ["mean_of", "in:numbers"]);
  await node(page, "data_generate_o").waitFor();
  await picture("walk-drawing");
  await line(page, ["data_generate_o", "value"], ["mean_of_2", "in:numbers"]);
  await line(page, ["mean_of", "out:-o"], ["compare", "in:low"]);
  await line(page, ["mean_of_2", "out:-o"], ["compare", "in:high"]);
  await line(page, ["compare", "out:-o"], ["data_json", "in"]);
  await addParameter(page, "count", "1000");
  await showAll(page);
  await line(page, ["param_count", "value"], ["generate", "arg:--count"]);
  await showAll(page);
  for (const [key, name, extension] of DATA) {
    await pick(page, `data_${key}`);
    await rename(page, `data_${name}`);
    await field(page, "Path").fill(`output/${name}.${extension}`);
  }
  await pick(page, "mean_of");
  await rename(page, "low");
  await field(page, "--below").fill("50");
  await pick(page, "mean_of_2");
  await rename(page, "high");
  await field(page, "--from").fill("50");
  await pick(page, "generate");
  await field(page, "--seed").fill("1");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Lay out" }).click();
  await page.getByRole("button", { name: "Lay out and save" }).click();
  await page.locator(".toolbar .star").waitFor({ state: "detached" });
  await showAll(page);
  await picture("walk-built");
  match(await project.read("pipeline.yml") ?? "", /^# My first pipeline\n/);
}

/** What the page saved is what the command runs. */
async function runFromTerminal({ page, project }: Opened): Promise<void> {
  const outcome = await project.run(["pipeline.yml", "--json"]);
  equal(outcome.code, 0, outcome.stderr);
  deepEqual(project.list("output"), ["comparison.json", "high.json", "low.json", "numbers.csv"]);
  equal(JSON.parse(await project.read("output/comparison.json") ?? "").count, 1000);
  await page.locator(".box.step .mark.fresh").nth(3).waitFor();
}

/** One argument: one line. */
async function changeOne({ page, project }: Opened): Promise<void> {
  const before = await project.read("pipeline.yml") ?? "";
  await pick(page, "generate");
  await field(page, "--seed").fill("2");
  await save(page);
  const after = (await project.read("pipeline.yml") ?? "").split("\n");
  const changed = before.split("\n").flatMap((line, at) => line === after[at] ? [] : [[line.trim(), after[at].trim()]]);
  deepEqual(changed, [[1, 2].map((seed) => `args: { --count: $count, --seed: ${seed} }`)]);
}

/** Back to the first text, more than 50 changes, and to the last one again. */
async function undoAll({ page, project, picture }: Opened): Promise<void> {
  const disabled = page.getByRole("checkbox", { name: /^Disabled/ });
  for (let i = 0; i < 20; i++) await disabled.setChecked(i % 2 === 0);
  const last = await project.read("pipeline.yml");
  const clicked = async (name: "Undo" | "Redo") => {
    const button = page.getByRole("button", { name, exact: true });
    let count = 0;
    for (; await button.isEnabled(); count++) await button.click({ force: true });
    return count;
  };
  const undone = await clicked("Undo");
  ok(undone >= 50, `${undone} changes`);
  await page.getByText("This pipeline is empty").waitFor();
  await save(page);
  equal(await project.read("pipeline.yml"), FIRST);
  equal(await clicked("Redo"), undone);
  await save(page);
  equal(await project.read("pipeline.yml"), last);
  await picture("walk-redone");
}

/** A step that is no longer fresh says what has changed. */
async function watchStale({ page, picture }: Opened): Promise<void> {
  await pick(page, "param_count");
  await field(page, "Value").fill("500");
  await save(page);
  await pick(page, "generate");
  const why = "stale: parameter count 1000 → 500, argument --seed 1 → 2";
  await page.locator(".properties .facts", { hasText: why }).waitFor();
  await node(page, "generate").getByRole("img", { name: why }).waitFor();
  await picture("walk-stale");
}

/** One step of another pipeline, once for each file. */
async function runLoop({ page, project, picture }: Opened): Promise<void> {
  await open(page, "looped/pipeline.yml");
  await pick(page, "count");
  await page.getByRole("button", { name: "Run step" }).click();
  await page.getByRole("button", { name: "Allow and go on" }).click();
  await page.locator(".toolbar .standing.done").waitFor();
  deepEqual(project.list("looped/output/counts"), ["apple.txt", "bread.txt", "cheese.txt"]);
  equal(await project.has("looped/output/total.json"), false);
  await picture("walk-loop");
}

/** Ending a run ends all that it started. */
async function cancel({ page, project, picture }: Opened): Promise<void> {
  await open(page, "slow/pipeline.yml");
  await page.getByRole("button", { name: "Run all" }).click();
  const pids = (await until(() => project.read("pids"), "the pids")).split(" ").map(Number);
  deepEqual([pids.length, pids.every(isAlive)], [2, true]);
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.locator(".toolbar .standing.cancelled").waitFor();
  await picture("walk-cancelled");
  for (const pid of pids) ok(!isAlive(pid), `process ${pid} is still there`);
}

const node = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
const field = (page: Page, name: string): Locator =>
  page.getByRole("complementary", { name: "Properties" }).getByLabel(name).first();

async function addTask(page: Page, name: string): Promise<void> {
  const boxes = page.locator(".box.step");
  const count = await boxes.count();
  await page.locator(".add .entry", { hasText: name }).first().click();
  await boxes.nth(count).waitFor();
}

async function addParameter(page: Page, name: string, value: string): Promise<void> {
  await page.getByLabel("Name of a new parameter").fill(name);
  await page.getByLabel("Its value").fill(value);
  await page.getByRole("button", { name: "Add the parameter" }).click();
  await node(page, `param_${name}`).waitFor();
}

async function pick(page: Page, id: string): Promise<void> {
  await node(page, id).locator(".label").click();
  await node(page, id).and(page.locator(".selected")).waitFor();
}

/** Gives what is picked another name; `id` is what its box is then called. */
async function rename(page: Page, id: string): Promise<void> {
  const text = page.getByRole("complementary", { name: "Properties" }).getByLabel(/^(Name|Key)$/).first();
  await text.fill(id.replace(/^data_/, ""));
  await text.press("Enter");
  await node(page, id).and(page.locator(".selected")).waitFor();
}

async function showAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Show everything" }).click();
  await settled(page);
}

/** Waits until the canvas no longer moves on its way to another view. */
async function settled(page: Page): Promise<void> {
  const view = page.locator(".react-flow__viewport");
  for (let before = "";;) {
    const now = await view.getAttribute("style") ?? "";
    if (now === before) return;
    before = now;
    await page.waitForTimeout(60);
  }
}

/** Drags a box to a place of the canvas, given as shares of its width and height. */
async function put(page: Page, id: string, right: number, down: number): Promise<void> {
  const graph = (await page.locator(".graph").boundingBox())!;
  const to = { x: graph.x + graph.width * right + 40, y: graph.y + graph.height * down };
  const from = await middle(node(page, id).locator(".label"));
  await drag(page, from, to);
}

/** Draws a line; it is there when the text says so. */
async function line(page: Page, from: readonly [string, string], to: readonly [string, string]): Promise<void> {
  const lines = page.locator(".react-flow__edge");
  const count = await lines.count();
  const socket = ([id, handle]: readonly [string, string]) =>
    middle(node(page, id).locator(`[data-handleid="${handle}"]`));
  await drag(page, await socket(from), await socket(to));
  await lines.nth(count).waitFor();
}

async function middle(what: Locator): Promise<{ x: number; y: number }> {
  const box = await what.boundingBox();
  ok(box, `${what} is not to be seen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 3, from.y);
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await page.mouse.up();
}

async function save(page: Page): Promise<void> {
  await page.locator(".toolbar").getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".toolbar .star").waitFor({ state: "detached" });
}

async function open(page: Page, path: string): Promise<void> {
  await page.locator(`.tree .entry[title^="${path}:"]`).dblclick();
  await page.getByRole("heading", { name: path, exact: true }).waitFor();
  await page.locator(".react-flow__node").first().waitFor();
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
