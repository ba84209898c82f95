import { match, strictEqual as equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { inBrowser } from "../support/browser.ts";
import { until } from "../support/ui_runs.ts";

const GOOD = "parameters: {lr: 0.1}\npipeline:\n  - {name: first, task: a.py, args: {--lr: $lr, --n: 5}}\n";
/** What it reads is nowhere. */
const LACKING = "data: {raw: not_there.csv}\npipeline:\n  - {name: only, task: a.py, inputs: {x: $raw}}\n";

const FILES = {
  "a.py": '"""---\nargs: {--lr: {type: float}, --n: {type: int}}\n---"""\n',
  "pipeline.yml": GOOD,
  "bad.yml": "pipeline:\n  - {name: x\n   oops: [\n",
  "folder.yml/a.txt": "",
  "one/p.yml": LACKING,
  "two/p.yml": LACKING,
};

Deno.test("what others do to files is told, and nothing of another file stays on the screen", () =>
  inBrowser(FILES, async ({ page, project, picture, expect }) => {
    expect(/status of 40[0349]/);
    const banner = (text: string | RegExp) => page.locator(".banner", { hasText: text });
    const steps = page.locator(".react-flow__node.selectable, .react-flow__node");
    await titled(page, "pipeline.yml – loom");

    // A change that is taken back elsewhere is no conflict any longer.
    await setN(page, "7");
    await titled(page, "* pipeline.yml – loom");
    await project.write({ "pipeline.yml": GOOD.replace("--n: 5", "--n: 9") });
    await banner("Somebody else").waitFor();
    await project.write({ "pipeline.yml": GOOD });
    await banner("Somebody else").waitFor({ state: "detached" });
    equal(await nField(page).inputValue(), "7");

    // A file that is gone stays on the screen, and can be written again.
    await Deno.remove(project.path("pipeline.yml"));
    await banner("no longer on the disk").waitFor();
    equal(await steps.count(), 2);
    await picture("file-gone");
    await page.getByRole("button", { name: "Write it again" }).click();
    await banner("no longer on the disk").waitFor({ state: "detached" });
    equal(await project.read("pipeline.yml"), GOOD.replace("--n: 5", "--n: 7"));

    // What cannot be opened says so, and leaves what is open.
    for (const [path, words] of [["folder.yml", /folder/], ["nobody/../../x.yml", /outside|folder/]] as const) {
      await goTo(page, path);
      await banner(words).waitFor();
      await titled(page, "pipeline.yml – loom");
      equal(decodeURIComponent(new URL(page.url()).hash), "#pipeline.yml");
      await page.getByRole("button", { name: "Close the message" }).click();
    }

    // Another file that is no YAML shows nothing of the one before.
    await goTo(page, "bad.yml");
    await titled(page, "bad.yml – loom");
    await page.locator(".empty", { hasText: "cannot be read: line 3" }).getByRole("button").click();
    await page.locator(".cm-activeLine", { hasText: "oops" }).waitFor();
    equal(await steps.count(), 0);
    await page.getByText("lr", { exact: true }).waitFor({ state: "detached" });
    await picture("file-bad");
    match(await project.read("bad.yml") ?? "", /oops/);

    // What is wrong with a file is told of another that says the same.
    for (const path of ["one/p.yml", "two/p.yml"]) {
      await goTo(page, path);
      await titled(page, `${path} – loom`);
      await page.getByText("'not_there.csv' is not there").first().waitFor();
    }
  }));

function nField(page: Page) {
  return page.getByRole("complementary", { name: "Properties" }).getByLabel("--n").first();
}

async function setN(page: Page, text: string): Promise<void> {
  await page.locator('.react-flow__node[data-id="first"] .label').click();
  await nField(page).fill(text);
}

async function titled(page: Page, title: string): Promise<void> {
  await until(async () => await page.title() === title, title);
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(encodeURIComponent(path))}`);
}
