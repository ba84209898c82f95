/**
 * The page of `loom ui`: bundled on first use from source, carried by the binary.
 *
 * @module
 */

import { LoomError } from "../core/errors.ts";
import { embedded } from "../plugins/host/embedded.ts";
import type { Assets } from "../ui/server/mod.ts";

/** A file of the page. */
interface PageFile {
  readonly path: string;
  readonly size: number;
}

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
  if (carried !== undefined) return fromArchive(JSON.parse(new TextDecoder().decode(carried)));
  const root = new URL("../", import.meta.url).pathname;
  if (await isStale(root)) await buildPage(root);
  return fromFolder(`${root}dist/ui`);
}

/** Bundles it into `dist/ui` below `root`; what was there is replaced when the new page is complete. */
export async function buildPage(root: string): Promise<readonly PageFile[]> {
  const [from, folder] = [`${root.replace(/\/$/, "")}/ui/web`, `${root.replace(/\/$/, "")}/dist/ui`];
  const made = await Deno.makeTempDir({ dir: await parentOf(folder), prefix: "ui-" });
  try {
    for (const entry of ["main.tsx", "layout_worker.ts"]) await bundleEntry(`${from}/${entry}`, made, root);
    await Deno.writeTextFile(`${made}/index.html`, await Deno.readTextFile(`${from}/index.html`));
    await Deno.remove(folder, { recursive: true }).catch(ignoreAbsent);
    await Deno.rename(made, folder);
  } catch (error) {
    await Deno.remove(made, { recursive: true }).catch(ignoreAbsent);
    throw error;
  }
  return filesOf(folder);
}

async function parentOf(folder: string): Promise<string> {
  const parent = folder.slice(0, folder.lastIndexOf("/"));
  await Deno.mkdir(parent, { recursive: true });
  return parent;
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
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

function filesOf(folder: string): readonly PageFile[] {
  return [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile)
    .map(({ name }) => ({ path: name, size: Deno.statSync(`${folder}/${name}`).size }));
}

/** Whether something that goes into the page is newer than it. */
async function isStale(root: string): Promise<boolean> {
  const made = mtimeOf(`${root}dist/ui/index.html`);
  if (made === undefined) return true;
  for (const folder of ["ui/web", "ui/graph", "core/edit", "core/graph", "core/yaml"]) {
    for (const path of below(`${root}${folder}`)) if ((mtimeOf(path) ?? 0) > made) return true;
  }
  return await Promise.resolve(false);
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

function fromFolder(folder: string): Assets {
  const files = new Map(filesOf(folder).map(({ path }) => [`/${path}`, Deno.readFileSync(`${folder}/${path}`)]));
  return { get: (path) => asset(files, path) };
}

/** Texts by path, in one file that the binary carries. */
function fromArchive(texts: Readonly<Record<string, string>>): Assets {
  const files = new Map(Object.entries(texts).map(([path, text]) => [`/${path}`, new TextEncoder().encode(text)]));
  return { get: (path) => asset(files, path) };
}

function asset(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, path: string) {
  const bytes = files.get(path);
  return bytes && { bytes, type: typeOf(path) };
}
