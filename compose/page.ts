/**
 * The page of `loom ui`: bundled on first use from source, carried by the binary.
 *
 * @module
 */

import { LoomError } from "../core/errors.ts";
import { hostFileWriter } from "../plugins/host/files/writer.ts";
import { embedded } from "../plugins/host/embedded.ts";
import type { Assets } from "../ui/server/mod.ts";

/** Texts of the page by their paths. */
type Page = Readonly<Record<string, string>>;

/** Where the page is kept that was bundled from source. */
const PAGE = "dist/page.json";
/** What goes into it. */
const SOURCES = ["ui/web", "ui/graph", "ui/server", "core"];
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
};

/** The page that the binary carries, else the one that is bundled from source when it is older than that. */
export async function pageAssets(): Promise<Assets> {
  const carried = embedded("page");
  if (carried !== undefined) return assetsOf(JSON.parse(new TextDecoder().decode(carried)));
  const root = new URL("../", import.meta.url).pathname;
  return assetsOf(isStale(root) ? await buildPage(root) : JSON.parse(Deno.readTextFileSync(root + PAGE)));
}

/** Bundles it into `dist/page.json` below `root`: one file, so that many may do it at once and all read a whole page. */
export async function buildPage(root: string): Promise<Page> {
  const [from, folder] = [`${root}ui/web`, `${root}dist`];
  Deno.mkdirSync(folder, { recursive: true });
  const made = Deno.makeTempDirSync({ dir: folder, prefix: "page-" });
  try {
    for (const entry of ["main.tsx", "layout_worker.ts"]) await bundleEntry(`${from}/${entry}`, made, root);
    const bundled = textsOf(made);
    const page = {
      ...bundled,
      "index.html": preloading(Deno.readTextFileSync(`${from}/index.html`), bundled["main.js"]),
    };
    hostFileWriter.writeAtomic(root + PAGE, JSON.stringify(page));
    return page;
  } finally {
    Deno.removeSync(made, { recursive: true });
  }
}

/** The page asks for all that its first module imports at once, not when that has been read. */
function preloading(html: string, main: string): string {
  const imported = new Set(Array.from(main.matchAll(/\b(?:from|import)\s*"\.\/([\w-]+\.js)"/g), ([, name]) => name));
  const links = Array.from(imported, (name) => `    <link rel="modulepreload" href="/${name}">\n`).join("");
  return html.replace("  </head>", () => `${links}  </head>`);
}

async function bundleEntry(entry: string, folder: string, cwd: string): Promise<void> {
  const flags = ["--quiet", "--platform", "browser", "--code-splitting", "--minify", "--outdir", folder];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", ...flags, entry],
    cwd,
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  throw new LoomError("page-not-built", `Cannot bundle the page: ${new TextDecoder().decode(stderr).trim()}`, {
    hint: "the page is bundled on first use, which fetches its packages; try again where npm can be reached",
  });
}

function textsOf(folder: string): Page {
  const names = [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile).map(({ name }) => name).sort();
  return Object.fromEntries(names.map((name) => [name, Deno.readTextFileSync(`${folder}/${name}`)]));
}

/** Whether something that goes into the page is newer than it. */
function isStale(root: string): boolean {
  const made = mtimeOf(root + PAGE);
  if (made === undefined) return true;
  return SOURCES.some((folder) => below(root + folder).some((path) => (mtimeOf(path) ?? 0) > made));
}

function below(folder: string): readonly string[] {
  if (mtimeOf(folder) === undefined) return [];
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? below(`${folder}/${name}`) : [`${folder}/${name}`]
  );
}

function mtimeOf(path: string): number | undefined {
  try {
    return Deno.statSync(path).mtime?.getTime();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function typeOf(path: string): string {
  return TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
}

function assetsOf(page: Page): Assets {
  const files = new Map(Object.entries(page).map(([path, text]) => [`/${path}`, new TextEncoder().encode(text)]));
  return { get: (path) => asset(files, path) };
}

function asset(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, path: string) {
  const bytes = files.get(path);
  return bytes && { bytes, type: typeOf(path) };
}
