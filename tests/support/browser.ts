/**
 * The page of `loom ui` in a real Chromium, over a folder of its own.
 *
 * @module
 */

import { type Browser, chromium, type Page } from "playwright-core";
import { hostContext } from "../../compose/context.ts";
import { openUi } from "../../compose/ui.ts";
import { type FileSet, looms, Project } from "./cli.ts";

const FLAGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  ...["--disable-sync", "--no-first-run"],
];

/** A page that shows a pipeline. */
export interface Opened {
  readonly page: Page;
  readonly project: Project;
  /** With the token. */
  readonly url: string;
  /** What the page complained of. */
  readonly complaints: readonly string[];
  /** These are part of the test. */
  readonly expect: (complaints: RegExp) => void;
  /** Ends the server and starts another one at the same port; its address, with another token. */
  readonly restart: (meanwhile: () => Promise<void>) => Promise<string>;
  /** Keeps a picture below `dist/screenshots`, for people. */
  readonly picture: (name: string) => Promise<void>;
}

/** Opens `pipeline.yml` of these files in a browser. What the page complains of fails the test. */
export async function inBrowser(files: FileSet, work: (opened: Opened) => Promise<void>): Promise<void> {
  await using project = await Project.make(looms[0], files);
  const host = hostContext();
  const root = project.folder;
  // What a person allows there is nothing that this machine remembers.
  const env = { ...host.env, LOOM_HOME: `${root.slice(0, root.lastIndexOf("/"))}/state` };
  const context = Object.create(host, { cwd: { value: root }, env: { value: env } });
  const place = { root, file: project.path("pipeline.yml") };
  let serving = await openUi(context, { place });
  const expected: RegExp[] = [];
  const isExpected = (text: string) => expected.some((pattern) => pattern.test(text));
  const restart = async (meanwhile: () => Promise<void>) => {
    const port = Number(new URL(serving.url).port);
    expected.push(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|status of 401/);
    await serving.close();
    await meanwhile();
    serving = await openUi(context, { place, port });
    return serving.url;
  };
  const browser = await launch();
  const complaints: string[] = [];
  try {
    const tabs = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await tabs.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !isExpected(message.text())) complaints.push(message.text());
    });
    await page.goto(serving.url);
    await page.waitForSelector(".react-flow__node, .empty");
    await work({
      page,
      project,
      url: serving.url,
      complaints,
      restart,
      expect: (pattern) => void expected.push(pattern),
      picture: (name) => picture(page, name),
    });
    if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join("\n")}`);
  } finally {
    await browser.close();
    await serving.close();
  }
}

async function launch(): Promise<Browser> {
  return await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
}

const PICTURES = new URL("../../dist/screenshots/", import.meta.url);

async function picture(page: Page, name: string): Promise<void> {
  await Deno.mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: new URL(`${name}.png`, PICTURES).pathname });
}
