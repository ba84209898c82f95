import { strictEqual as equal } from "node:assert/strict";
import { inBrowser } from "../support/browser.ts";

const FILES = {
  "say.py":
    "import sys, time\nprint('hello from', sys.argv[1:], flush=True)\nopen(sys.argv[sys.argv.index('--out') + 1], 'w').write('x')\n",
  "pipeline.yml": `data: {a: out/a.txt, b: out/b.txt}
parameters: {lr: 0.1}
pipeline:
  - {name: first, task: say.py, args: {--lr: $lr}, outputs: {--out: $a}}
  - {name: second, task: say.py, inputs: {text: $a}, outputs: {--out: $b}}
`,
};

Deno.test("the page shows the graph, runs it, and says what became of each step", () =>
  inBrowser(FILES, async ({ page, picture, project }) => {
    equal(await page.locator(".react-flow__node").count(), 5);
    await page.getByRole("button", { name: "Run all" }).click();
    await page.getByRole("button", { name: "Allow and go on" }).click();
    await page.locator(".box.run-done").nth(1).waitFor();
    await page.locator(".mark.fresh").nth(1).waitFor();
    equal(await project.read("out/b.txt"), "x");
    await page.locator(".react-flow__node", { hasText: "second" }).click();
    await page.getByRole("complementary", { name: "Properties" }).getByText("fresh").waitFor();
    await picture("first-run");
  }));
