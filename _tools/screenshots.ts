/**
 * Takes a picture of the graph of each example, and shows it in the example's README.
 *
 * ```sh
 * deno task screenshots [NAME ...]
 * ```
 *
 * Every example is copied into a temporary folder and run there, so that the picture shows what a person sees afterwards.
 * One that cannot be run on this machine, for want of a language, a package or a network, is shown as it is opened first.
 *
 * @module
 */

import { type Browser, chromium, type Page } from "playwright-core";
import { hostContext } from "../compose/context.ts";
import { openUi } from "../compose/ui.ts";
import { capture, inRepository } from "./_run.ts";

/** A document that is loaded by everybody who looks at an example is small. */
const MOST_BYTES = 150_000;
const SIZE = { width: 1280, height: 800 };
/** Room around the graph. */
const MARGIN = 24;
const PICTURE = "screenshot.png";
const LINE = `![The graph](${PICTURE})`;

/** Takes the pictures of these examples, of all without names. */
async function takeAll(names: readonly string[]): Promise<void> {
  const known = withPipeline();
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no pipeline in examples/${unknown[0]}`);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless", "--no-sandbox"] });
  try {
    for (const name of names.length > 0 ? names : known) await take(browser, name);
  } finally {
    await browser.close();
  }
}

/** Examples that have a graph, by name. */
function withPipeline(): readonly string[] {
  const has = (name: string) => {
    try {
      return Deno.statSync(inRepository(`examples/${name}/pipeline.yml`)).isFile;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return false;
    }
  };
  return [...Deno.readDirSync(inRepository("examples"))]
    .filter(({ name, isDirectory }) => isDirectory && has(name)).map(({ name }) => name).sort();
}

async function take(browser: Browser, name: string): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "loom-picture-" }));
  try {
    const root = `${home}/${name}`;
    await copy(inRepository(`examples/${name}`), root);
    const env = { LOOM_HOME: `${home}/state` };
    const ran = await capture(
      [Deno.execPath(), "run", "-A", "--config", inRepository("deno.json"), inRepository("main.ts"), "pipeline.yml"],
      { cwd: root, env },
    );
    const bytes = await pictureOf(browser, root, env);
    if (bytes.length > MOST_BYTES) throw new Error(`The picture of ${name} has ${bytes.length} bytes`);
    await Deno.writeFile(inRepository(`examples/${name}/${PICTURE}`), bytes);
    await mention(inRepository(`examples/${name}/README.md`));
    console.log(`${name}: ${bytes.length} bytes, ${ran.code === 0 ? "run" : "not run"}`);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** Copies what is part of the repository, nothing that a run has left. */
async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name === "output" || name === ".loom") continue;
    if (isDirectory) await copy(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

async function pictureOf(browser: Browser, root: string, env: Record<string, string>): Promise<Uint8Array> {
  const host = hostContext();
  const context = Object.create(host, { cwd: { value: root }, env: { value: { ...host.env, ...env } } });
  const serving = await openUi(context, { place: { root, file: `${root}/pipeline.yml` } });
  const page = await browser.newPage({ viewport: SIZE });
  try {
    await page.goto(serving.url);
    await page.waitForSelector(".react-flow__node");
    // The graph alone: all panels are closed.
    for (const name of ["Panel on the left", "Output", "Panel on the right"]) await close(page, name);
    await page.addStyleTag({
      content: ".problems, .react-flow__panel, .mini-map, .banners { display: none !important }",
    });
    await page.locator(".react-flow__controls-button").last().dispatchEvent("click");
    await page.waitForTimeout(1000);
    return await page.screenshot({ clip: await clipOf(page) });
  } finally {
    await page.close();
    await serving.close();
  }
}

async function close(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  if (await button.getAttribute("aria-pressed") === "true") await button.click();
}

/** The boxes and groups, and a little around them. */
async function clipOf(page: Page) {
  const boxes = await page.locator(".react-flow__node, .group-label, .react-flow__edge-path").evaluateAll((found) =>
    found.map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top, right, bottom };
    })
  );
  const area = (await page.locator(".graph").boundingBox())!;
  const x = Math.max(area.x, Math.min(...boxes.map(({ left }) => left)) - MARGIN);
  const y = Math.max(area.y, Math.min(...boxes.map(({ top }) => top)) - MARGIN);
  const right = Math.min(area.x + area.width, Math.max(...boxes.map(({ right }) => right)) + MARGIN);
  const bottom = Math.min(area.y + area.height, Math.max(...boxes.map(({ bottom }) => bottom)) + MARGIN);
  return { x, y, width: right - x, height: bottom - y };
}

/** Shows the picture below the heading, unless it is shown already. */
async function mention(readme: string): Promise<void> {
  const text = await Deno.readTextFile(readme);
  if (text.includes(LINE)) return;
  await Deno.writeTextFile(readme, text.replace(/^(# .*\n)/, `$1\n${LINE}\n`));
}

if (import.meta.main) await takeAll(Deno.args);
