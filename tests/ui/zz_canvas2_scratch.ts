import { inBrowser } from "../support/browser.ts";
const LONG = "a_very_long_parameter_name_that_goes_on_and_on_and_on_for_ever_and_ever";
const FILES = {
  "train.py": '"""Trains.\n---\ninputs: {table: {type: csv}, mask: {type: image}}\noutputs: {--out: {type: csv}}\nargs: {--n: {type: int, default: 3}, --lr: {type: float}, --seed: {type: int}, --epochs: {type: int}, --verbose: {type: bool}, --must: {type: int, required: true}}\n---\n"""\nimport time\ntime.sleep(60)\n',
  "few.py": '"""F.\n---\ninputs: {table: {type: csv}}\noutputs: {--out: {type: csv}}\nargs: {--n: {type: int}, --flag: {type: bool}}\n---\n"""\n',
  "raw.csv": "a,b\n1,2\n",
  "pipeline.yml": `data:
  raw: {path: raw.csv, type: csv}
  tidy: {path: tidy.csv, type: csv}
  evil: {path: "\\u202Ecsv.exe", type: csv}
parameters:
  n: 3
  flag: false
  ${LONG}: text
pipeline:
  - name: train
    task: train.py
    inputs: {table: $raw}
    outputs: {--out: $tidy}
    args: {--n: $n}
  - name: few
    task: few.py
    group: late
    inputs: {table: $tidy}
    args: {--flag: false}
  - name: ${"x".repeat(120)}
    task: few.py
    group: late
    inputs: {table: $tidy}
    args: {--n: $${LONG}}
`,
};
await inBrowser(FILES, async ({ page }) => {
  const shot = (n: string) => page.screenshot({ path: `/tmp/w/h/canvas2/shots/${n}.png` });
  await page.waitForTimeout(1500);
  await shot("a-light");
  await page.locator('[data-id="train"] .label').click();
  // run
  await page.getByRole("button", { name: /Run step/ }).first().click().catch((e) => console.log(String(e).slice(0, 200)));
  await page.waitForTimeout(700);
  const trust = page.getByRole("button", { name: /Allow/ });
  if (await trust.count() > 0) await trust.first().click();
  await page.waitForTimeout(3500);
  await shot("b-running-selected");
  await page.keyboard.press("Escape");
  await page.mouse.click(700, 600);
  await page.waitForTimeout(300);
  await shot("c-running");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForTimeout(500);
  await page.locator('[data-id="few"] .label').click();
  await page.locator('[data-id="train"] button.name').click();
  await page.waitForTimeout(300);
  await shot("d-dark-more");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Map of the whole graph" }).click();
  await page.setViewportSize({ width: 683, height: 384 });
  await page.waitForTimeout(500);
  await shot("e-683");
});
