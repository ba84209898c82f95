import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { inBrowser } from "../support/browser.ts";

const FIT = `"""Fits a model.

---
inputs:
  table: {type: csv, description: The numbers}
outputs:
  --model: {type: json, description: Where the model goes}
args:
  --lr: {type: float, default: 0.1, description: Learning rate}
  --epochs: {type: int, default: 10}
  --kind: {type: str, default: linear, choices: [linear, tree]}
  --name: {type: str, required: true}
---
"""
import sys
open(sys.argv[sys.argv.index("--model") + 1], "w").write('{"weights": [1, 2]}')
`;

const TEXT = `# Everything written by hand stays
data:
  numbers: {path: numbers.csv, type: csv}
  model: {path: out/model.json, type: json}
  pictures: {path: pictures, type: image_directory}
parameters:
  lr: 0.05   # found by hand
pipeline:
  - name: fit
    task: tasks/fit.py
    inputs: {table: $numbers}
    outputs: {--model: $model}
    args:
      --lr: $lr   # the rate
      --epochs: 25
      --name: first
`;

const FILES = {
  "tasks/fit.py": FIT,
  "numbers.csv": `x,y\n${Array.from({ length: 500 }, (_, i) => `${i},${i * i}`).join("\n")}\n`,
  "pictures/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  "pictures/b.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>',
  "other/second.yml": "pipeline: []\n",
  "pipeline.yml": TEXT,
};

Deno.test("properties change the file line by line, typed values keep their kind, and undo takes all of it back", () =>
  inBrowser(FILES, async ({ page, project, picture }) => {
    page.setDefaultTimeout(10_000);
    await select(page, "fit");
    const fields = page.getByRole("complementary", { name: "Properties" });
    await fields.getByText("Learning rate. Default 0.1").waitFor();
    equal(await fields.getByRole("button", { name: "Remove --name" }).isDisabled(), true);
    await field(page, "--epochs").fill("30");
    await field(page, "--name").fill("50");
    await fields.getByRole("button", { name: "--kind" }).click();
    await page.getByLabel("--kind: str").selectOption("tree");
    await page.getByLabel("Optional: left out").check();
    await picture("panels-properties");
    await save(page);
    deepEqual(await changes(project.read("pipeline.yml")), [
      "-      --epochs: 25",
      "-      --name: first",
      "+      --epochs: 30",
      '+      --name: "50"',
      "+      --kind: tree",
      "+    optional: true",
    ]);
    await field(page, "Name").first().fill("train");
    await field(page, "Name").first().press("Enter");
    await page.locator('.react-flow__node[data-id="train"].selected').waitFor();
    equal(await page.evaluate("document.activeElement.value"), "train");
    await fields.getByRole("button", { name: "another input" }).click();
    await page.keyboard.type("more");
    await page.keyboard.press("Enter");
    await page.keyboard.type("$pictures");
    await page.locator('.react-flow__node[data-id="train"]', { hasText: "more" }).waitFor();
    equal(await fields.getByLabel("more", { exact: true }).inputValue(), "$pictures");
    await fields.getByRole("button", { name: "Remove more" }).press("Enter");
    await page.locator(".properties:focus").waitFor();
    const undo = page.getByRole("button", { name: "Undo" });
    while (await undo.isEnabled()) await undo.click();
    await page.locator('.react-flow__node[data-id="fit"]').waitFor();
    await save(page, "always");
    ok((await project.read("pipeline.yml"))!.startsWith(TEXT));
    ok((await project.read("pipeline.yml"))!.includes("autoSave: true"));
    await select(page, "data_numbers");
    await field(page, "Path").fill("nowhere.csv");
    await page.getByText("Nothing is there yet: nowhere.csv").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator(".facts .preview th", { hasText: /^x$/ }).waitFor();
    await project.write({ "numbers.csv": "u,v\n1,2\n" });
    await page.locator(".facts .preview th", { hasText: /^u$/ }).waitFor();
    await project.write({ "numbers.csv": FILES["numbers.csv"] });
    await page.getByRole("button", { name: "Look at it" }).click();
    await page.getByText("1 to 200 of 500").waitFor();
    await page.getByRole("button", { name: "Last page" }).click();
    await page.getByRole("cell", { name: "249001" }).waitFor();
    await picture("panels-table");
    await page.keyboard.press("Escape");
    equal(await focused(page), "Look at it");
    await select(page, "data_pictures");
    await page.getByRole("button", { name: "Add b.svg as data" }).click();
    await page.locator('.react-flow__node[data-id="data_b"]').waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await select(page, "data_pictures");
    await page.locator(".properties .folder-files .entry").first().click();
    await page.getByText("1 of 2").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("heading", { name: "b.svg" }).waitFor();
    await page.keyboard.press("Escape");
  }));

Deno.test("text and graph stay in step, nothing is lost, and questions are asked where they must be", () =>
  inBrowser(FILES, async ({ page, project, picture }) => {
    page.setDefaultTimeout(10_000);
    await page.getByRole("tab", { name: "YAML" }).click();
    await page.locator(".cm-line", { hasText: "found by hand" }).click();
    await page.locator('.react-flow__node[data-id="param_lr"].selected').waitFor();
    await page.keyboard.press("End");
    await page.keyboard.type("\nseed: 7");
    await page.locator('.react-flow__node[data-id="param_seed"]').waitFor();
    await page.getByRole("button", { name: /2 warnings/ }).click();
    await page.getByRole("button", { name: "No step uses the parameter 'seed'" }).click();
    await page.locator(".cm-activeLine", { hasText: "seed" }).waitFor();
    await page.locator('.react-flow__node[data-id="param_seed"].selected').waitFor();
    // It takes nothing from the canvas, and its words can be copied.
    const [bar, canvas] = [await box(page, ".problems"), await box(page, "main.canvas")];
    ok(bar.y >= canvas.y + canvas.height - 1, JSON.stringify([bar, canvas]));
    await page.locator(".problems .words", { hasText: "seed" }).dblclick();
    ok(await page.evaluate("getSelection().toString().trim() !== ''"));
    await page.getByRole("button", { name: "Close the problems" }).click();
    await page.locator(".problems").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Show problems" }).click();
    await page.getByRole("button", { name: "Close the problems" }).click();
    await select(page, "fit");
    await page.locator(".cm-of-box", { hasText: "name: fit" }).waitFor();
    await picture("panels-text");
    await page.reload();
    await page.locator('.react-flow__node[data-id="param_seed"]').waitFor();
    await page.getByText("seed: 7").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("seed: 7").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Redo" }).click();

    const other = page.getByRole("button", { name: "second.yml" });
    await other.dblclick();
    await page.getByRole("dialog", { name: "Save the changes of pipeline.yml?" }).waitFor();
    await page.keyboard.press("Escape");
    ok(page.url().endsWith("#pipeline.yml"));

    await project.write({ "pipeline.yml": TEXT.replace("0.05   # found by hand", "0.9   # by somebody") });
    await page.getByRole("button", { name: "Compare and decide" }).click();
    await page.getByRole("dialog", { name: "pipeline.yml has changed on the disk" }).waitFor();
    await page.locator(".cm-merge-revert button").first().click();
    await picture("panels-conflict");
    await page.getByRole("button", { name: "Take what stands on the right" }).click();
    await page.getByText("by somebody").first().waitFor();
    await page.getByTitle("Undo: put both versions together").click();
    await page.getByText("seed: 7").waitFor();

    await other.dblclick();
    await page.getByRole("button", { name: "Don't save" }).click();
    await page.getByRole("heading", { name: "other/second.yml" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "pipeline.yml", exact: true }).waitFor();
    await page.goForward();
    await page.getByRole("heading", { name: "other/second.yml" }).waitFor();

    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "New pipeline…" }).click();
    await page.getByLabel("File").fill("made/pipeline.yml");
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByRole("heading", { name: "made/pipeline.yml" }).waitFor();
    await page.getByRole("button", { name: "Run all" }).click();
    await page.getByRole("button", { name: "Allow and go on" }).click();
    await page.locator(".toolbar .standing.done").waitFor();
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Clean…" }).click();
    await page.locator(".paths", { hasText: "output/line.json" }).waitFor();
    await picture("panels-clean");
    await page.getByRole("button", { name: "Delete permanently" }).click();
    await page.getByText("2 removed").waitFor();
    equal(await project.has("made/output/line.json"), false);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  }));

Deno.test("the page can be used without a mouse, at 200 %, and by those who do not see it", () =>
  inBrowser(FILES, async ({ page, picture }) => {
    page.setDefaultTimeout(10_000);
    await select(page, "fit");
    await page.getByRole("button", { name: "Remove --epochs" }).waitFor();
    deepEqual(await violations(page), []);
    await page.emulateMedia({ colorScheme: "dark" });
    await picture("panels-dark");
    deepEqual(await violations(page), []);
    await page.getByRole("tab", { name: "YAML" }).click();
    await page.locator(".cm-content").waitFor();
    deepEqual(await violations(page), []);
    await page.getByRole("button", { name: "More", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    deepEqual(await violations(page), []);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Help" }).waitFor();
    deepEqual(await violations(page), []);
    for (let i = 0; i < 5; i++) await page.keyboard.press("Tab");
    ok(await page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')"));
    await page.keyboard.press("Escape");
    equal(await focused(page), "More");
    // All that has a box is found by what stands on it, and has the keys then.
    await page.locator(".react-flow__pane").click({ position: { x: 8, y: 8 } });
    for (const [keys, letters, id] of [["/", "numbers.csv", "data_numbers"], ["Control+f", "lr", "param_lr"]]) {
      await page.keyboard.press(keys);
      await page.getByRole("combobox", { name: /Find/ }).fill(letters);
      await page.getByRole("option", { name: new RegExp(`^${id.split("_")[1]}`) }).first().waitFor();
      deepEqual(await violations(page), []);
      await page.keyboard.press("Enter");
      await page.locator(`.react-flow__node[data-id="${id}"].selected:focus`).waitFor();
    }

    const edge = page.getByRole("separator", { name: "Width of the panel on the left" });
    const before = Number(await edge.getAttribute("aria-valuenow"));
    await edge.press("ArrowRight");
    equal(Number(await edge.getAttribute("aria-valuenow")), before + 16);
    await edge.press("Enter");
    await page.reload();
    await page.locator(".react-flow__node").first().waitFor();
    equal(await page.getByRole("navigation", { name: "Pipelines and steps" }).count(), 0);
    await page.setViewportSize({ width: 683, height: 384 });
    await page.getByRole("button", { name: "Panel on the left" }).click();
    await page.getByRole("navigation", { name: "Pipelines and steps" }).waitFor();
    await picture("panels-narrow");
    deepEqual(await violations(page), []);
    ok(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"));
  }));

Deno.test("a server that went away and came back as another one takes up what was changed meanwhile", () =>
  inBrowser(FILES, async ({ page, project, picture, restart }) => {
    page.setDefaultTimeout(10_000);
    await select(page, "param_lr");
    await field(page, "Value").fill("0.7");
    const url = await restart(async () => {
      await page.getByText("The server cannot be reached. What you changed is kept here").waitFor();
      await field(page, "Value").fill("0.8");
      await page.locator('.react-flow__node[data-id="param_lr"]', { hasText: "0.8" }).waitFor();
      await page.waitForRequest((request) => request.url().endsWith("/api/check"));
    });
    await page.getByText("loom was started anew").waitFor();
    await picture("panels-server-gone");
    await page.goto(url);
    await page.getByText("loom was started anew").waitFor({ state: "detached" });
    await save(page);
    deepEqual(await changes(project.read("pipeline.yml")), [
      "-  lr: 0.05   # found by hand",
      "+  lr: 0.8   # found by hand",
    ]);
    await project.write({ "pipeline.yml": TEXT.replace("0.05", "9.5") });
    await page.locator('.react-flow__node[data-id="param_lr"]', { hasText: "9.5" }).waitFor();
  }));

async function select(page: Page, id: string): Promise<void> {
  await page.locator(`.react-flow__node[data-id="${id}"]`).click({ position: { x: 20, y: 6 } });
}

function field(page: Page, name: string) {
  return page.locator(".field", { has: page.locator("label", { hasText: new RegExp(`^${name}(:|$|changed)`) }) })
    .locator("input[type=text]");
}

async function save(page: Page, how: "once" | "always" = "once"): Promise<void> {
  await page.keyboard.press("Control+s");
  const dialog = page.getByRole("dialog", { name: "Save pipeline.yml?" });
  if (how === "always") await dialog.getByRole("checkbox").check();
  await dialog.waitFor();
  // The button that saves has the focus.
  if (how === "once") await page.keyboard.press("Enter");
  else await dialog.getByRole("button", { name: "Save" }).click();
  await page.locator(".toolbar .star").waitFor({ state: "detached" });
}

/** Lines that went, then lines that came. */
async function changes(after: Promise<string | undefined>): Promise<readonly string[]> {
  const [before, now] = [TEXT.split("\n"), (await after)!.split("\n")];
  const gone = before.filter((line) => !now.includes(line)).map((line) => `-${line}`);
  return [...gone, ...now.filter((line) => !before.includes(line)).map((line) => `+${line}`)];
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds serious or worse, each with its places. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Violation[]>(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return found.filter(({ impact }) => impact === "serious" || impact === "critical").flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`)
  );
}

async function box(page: Page, selector: string) {
  return (await page.locator(selector).boundingBox())!;
}

/** The name of what has the focus. */
async function focused(page: Page): Promise<unknown> {
  return await page.evaluate("document.activeElement.getAttribute('aria-label')");
}
