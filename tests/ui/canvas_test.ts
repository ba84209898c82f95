import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { inBrowser } from "../support/browser.ts";

const FILES = {
  "clean.py":
    '"""Cleans.\n---\ninputs: {table: {type: csv}}\noutputs: {--out: {type: csv}}\nargs: {--n: {type: int, default: 3}}\n---\n"""\n',
  "tasks/plot.py":
    '"""Plots.\n---\ninputs: {table: {type: csv}}\noutputs: {--pic: {type: image}}\nargs: {--size: {type: int}, --dpi: {type: int}, --title: {}, --grid: {type: bool}}\n---\n"""\n',
  "raw.csv": "a\n1\n",
  "pipeline.yml": `# kept
editor: {autoSave: true}
data:
  raw: {path: raw.csv, type: csv}  # from the field
  tidy: {path: tidy.csv, type: csv}
  pic: {path: pic.png, type: image}
parameters:
  n: 3
pipeline:
  - name: clean
    task: clean.py  # mine
    inputs: {table: }
    outputs: {--out: }
    args: {--n: 1}
  - name: <script>alert(1)</script>
    task: clean.py
    inputs: {table: }
layout:
  data_raw: {x: 0, y: 0}
  data_pic: {x: 0, y: 290}
  param_n: {x: 0, y: 200}
  clean: {x: 320, y: 40}
  data_tidy: {x: 700, y: 60}
  <script>alert(1)</script>: {x: 1000, y: 60}
`,
};

const node = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
const socket = (page: Page, id: string, handle: string): Locator =>
  node(page, id).locator(`[data-handleid="${handle}"]`);

async function drag(page: Page, from: Locator, to: Locator | { x: number; y: number }): Promise<void> {
  const [start, end] = [await from.boundingBox(), "x" in to ? to : await to.boundingBox()];
  ok(start && end);
  const middle = (box: { x: number; y: number; width?: number; height?: number }) =>
    [box.x + (box.width ?? 0) / 2, box.y + (box.height ?? 0) / 2] as const;
  await page.mouse.move(...middle(start));
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(...middle(end), { steps: 4 });
  await page.mouse.up();
}

Deno.test("a person draws, moves, copies, groups and removes on the canvas, and the file says so", () =>
  inBrowser(FILES, async ({ page, picture, project }) => {
    const edges = page.locator(".react-flow__edge");
    const saved = async (): Promise<string> => {
      await page.keyboard.press("Control+s");
      return await project.read("pipeline.yml") ?? "";
    };
    const expectText = async (pattern: RegExp): Promise<string> => {
      for (let tries = 0;; tries++) {
        const text = await saved();
        if (pattern.test(text) || tries === 40) return match(text, pattern), text;
        await page.waitForTimeout(50);
      }
    };
    /** A place of the canvas, as shares of its width and height. */
    const spot = async (right: number, down: number) => {
      const { x, y, width, height } = (await page.locator(".graph").boundingBox())!;
      return { x: x + width * right, y: y + height * down };
    };
    // A box that is dragged right after loading stays where it was put, and comes back with one undo.
    await node(page, "clean").waitFor();
    const before = await node(page, "data_raw").boundingBox();
    await drag(page, node(page, "data_raw").locator(".label"), { x: before!.x + 170, y: before!.y - 40 });
    await expectText(/data_raw: \{x: -?[1-9]\d*, y: -\d+\}/);
    await page.keyboard.press("Control+z");
    await expectText(/data_raw: \{x: 0, y: 0\}/);

    // A look into the file that is there; the value of a parameter, changed in its box.
    await node(page, "data_raw").getByRole("columnheader", { name: "a" }).waitFor();
    equal(await node(page, "data_pic").locator(".look-into").count(), 0);
    await node(page, "param_n").getByRole("button", { name: "3" }).click();
    await page.keyboard.type("4");
    await page.keyboard.press("Enter");
    await expectText(/^ {2}n: 4$/m);
    // What is absent shakes.
    await node(page, "data_pic").locator(".label").dblclick();
    await page.locator('.react-flow__node[data-id="data_pic"] .shake').waitFor();
    await page.getByText("There is nothing at pic.png yet").waitFor();

    // Without a pointer: past the panels at once, and from box to box.
    await page.mouse.move(2, 2);
    await page.getByRole("button", { name: "Skip to the canvas" }).press("Enter");
    const focused = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]:focus`).waitFor();
    await focused("clean");
    await page.keyboard.press("ArrowLeft");
    await focused("data_raw");
    await page.keyboard.press("Shift+ArrowDown");
    await expectText(/data_raw: \{x: 0, y: 10\}/);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Escape");

    // Lines: data into an input, an output into data, a parameter into an argument.
    await drag(page, socket(page, "data_raw", "value"), socket(page, "clean", "in:table"));
    await edges.first().waitFor();
    await drag(page, socket(page, "clean", "out:--out"), socket(page, "data_tidy", "in"));
    await drag(page, socket(page, "param_n", "value"), socket(page, "clean", "arg:--n"));
    await edges.nth(2).waitFor();
    const drawn = await expectText(/--n: \$n/);
    match(drawn, /inputs: \{table: \$raw ?\}\n {4}outputs: \{--out: \$tidy ?\}\n/);
    match(drawn, /from the field/);
    // What cannot be is said where the hand is.
    await drag(page, socket(page, "data_pic", "value"), socket(page, "clean", "in:table"));
    await page.getByText("table takes csv, not image").waitFor();
    await picture("canvas-refused");

    // A line that is dropped where nothing is goes.
    await page.keyboard.press("Escape");
    const line = page.locator('.react-flow__edge[data-id^="param_n"] .react-flow__edgeupdater-target');
    await drag(page, line, await spot(0.5, 0.85));
    await expectText(/args: \{ ?\}|outputs: \{--out: \$tidy ?\}\n(?! {4}args: \{--n)/);
    equal(await edges.count(), 2);

    // The hotbox adds at the pointer, whatever was clicked before; a person who goes by keys leaves the canvas by Tab.
    const free = await spot(0.42, 0.72);
    await page.getByRole("tab", { name: "Properties" }).click();
    await page.mouse.move(free.x, free.y);
    await page.keyboard.press("Tab");
    await page.getByRole("combobox", { name: "Add to the graph" }).press("Escape");
    await page.keyboard.press("Tab");
    equal(await page.locator(".chooser").count(), 0);
    await page.mouse.move(free.x + 1, free.y);
    await page.keyboard.press("Tab");
    await page.keyboard.type("plo");
    await page.getByRole("option", { name: /plot/ }).waitFor();
    await picture("canvas-hotbox");
    await page.keyboard.press("Enter");
    await node(page, "plot").waitFor();
    await expectText(/name: plot\n {4}task: tasks\/plot\.py/);

    // Keys: connecting without a pointer, moving, renaming, copying.
    await page.mouse.move(2, 2);
    await node(page, "plot").locator(".label").click();
    await page.keyboard.press("c");
    await page.keyboard.type("table");
    await page.keyboard.press("Enter");
    await page.keyboard.type("tidy");
    await page.keyboard.press("Enter");
    await expectText(/table: \$tidy/);
    await node(page, "plot").locator(".label").click();
    await page.keyboard.press("F2");
    await page.keyboard.type("draw.it 🎨 now");
    await page.keyboard.press("Enter");
    await node(page, "draw.it 🎨 now").waitFor();
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Control+v");
    await node(page, "draw.it 🎨 now_2").waitFor();
    const pasted = await expectText(/name: draw\.it 🎨 now_2/);
    equal(pasted.match(/table: \$tidy/g)?.length, 2);

    // A group of two, which is then repeated, and dissolved.
    await node(page, "clean").locator(".label").click();
    await node(page, "draw.it 🎨 now").locator(".label").click({ modifiers: ["Shift"] });
    await page.keyboard.press("Control+g");
    await page.keyboard.type("both");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "group both" }).waitFor();
    await picture("canvas-group");
    await page.getByRole("button", { name: "group both" }).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Repeat the group …" }).click();
    await page.keyboard.press("Enter");
    const repeated = await expectText(/group: both\n {4}multi_pass:\n {6}count: 3/);
    match(repeated, /task: clean\.py {2}# mine/);
    await page.getByRole("button", { name: "group both" }).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Dissolve the group" }).click();
    await page.locator(".group-label").waitFor({ state: "detached" });

    // What goes takes its lines along; nothing refers to it any more.
    await node(page, "data_tidy").locator(".label").click();
    await page.keyboard.press("Delete");
    await node(page, "data_tidy").waitFor({ state: "detached" });
    const gone = await expectText(/^(?!.*\$tidy)/s);
    ok(!gone.includes("tidy.csv"));
    await page.keyboard.press("Control+z");
    await node(page, "data_tidy").waitFor();

    // A parameter that is led to the handle of many arguments asks which one is meant.
    await drag(page, socket(page, "param_n", "value"), socket(page, "draw.it 🎨 now", "arg:"));
    await page.getByRole("option", { name: "--size" }).click();
    await expectText(/args: ?\{? ?\n? *--size: \$n/);
    // The map can be put away.
    const map = page.getByRole("button", { name: "Map of the whole graph" });
    await map.click();
    equal(await map.getAttribute("aria-pressed"), "false");
    equal(await page.locator(".mini-map").count(), 0);

    // From afar, a click selects a group with its neighbours, and two go to it.
    await node(page, "draw.it 🎨 now").locator(".label").click();
    await page.keyboard.press("Control+g");
    await page.keyboard.type("far");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "group far" }).waitFor();
    const zoomOut = page.locator(".react-flow__controls-zoomout");
    while (await page.locator(".group-layer.far").count() === 0) await zoomOut.click();
    await page.locator(".group-box").click();
    await page.locator('.react-flow__node.selected[data-id="data_tidy"]').waitFor();
    await page.locator(".group-box").dblclick();
    await page.locator(".group-layer:not(.far)").waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Show everything" }).click();

    // A name is a name, whatever it holds.
    await node(page, "<script>alert(1)</script>").locator(".label").click();
    await page.keyboard.press("Delete");
    await node(page, "<script>alert(1)</script>").waitFor({ state: "detached" });
    const names = await page.locator(".box.step .label").allTextContents();
    deepEqual(names.toSorted(), ["clean", "draw.it 🎨 now", "draw.it 🎨 now_2"]);
    match(await saved(), /^# kept/);
  }));
