import { basename, joinPath, relativePath } from "../paths.ts";
import type { FileReader } from "../ports/files.ts";
import { byCodePoint } from "../python/compare.ts";

/** What lies in a folder; paths from that folder, sorted. */
export interface Scan {
  readonly scripts: readonly string[];
  /** Everything else: files and folders that scripts may read. */
  readonly data: readonly string[];
  /** Whether there was more than is looked at. */
  readonly isCut: boolean;
}

/** How many files are looked at. */
const MOST = 1000;

/** Folders that hold what others have written, or what programs keep for themselves. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  "__pycache__",
  "build",
  "dist",
  "env",
  "node_modules",
  "output",
  "outputs",
  "site-packages",
  "venv",
]);

const SCRIPT = /\.(py|sh|R|r|js|ts)$/;

/** Looks through a folder; what is hidden, and links to folders, are passed over. */
export function scanFolder(folder: string, files: FileReader): Scan {
  const [scripts, data]: [string[], string[]] = [[], []];
  const waiting = [folder];
  let left = MOST;
  // An array is walked to its end, also over what is added on the way.
  for (const at of waiting) {
    for (const { name, kind } of files.list(at).toSorted((a, b) => byCodePoint(a.name, b.name))) {
      const path = joinPath(at, name);
      if (name.startsWith(".") || PASSED_OVER.has(name)) continue;
      if (left-- <= 0) return { scripts, data, isCut: true };
      if (kind === "directory" && files.stat(joinPath(path, "pyvenv.cfg")) !== undefined) continue;
      if (kind === "directory") waiting.push(path);
      const isScript = kind !== "directory" && SCRIPT.test(name) && files.stat(path)?.kind === "file";
      if (!isScript && /\.(ya?ml|md|rst|lock|toml|cfg|ini)$/.test(name)) continue;
      (isScript ? scripts : data).push(relativePath(path, folder));
    }
  }
  return { scripts, data: withoutCode(data, scripts), isCut: false };
}

/** Folders with scripts in them are no data. */
function withoutCode(data: readonly string[], scripts: readonly string[]): string[] {
  return data.filter((path) => !scripts.some((script) => script.startsWith(`${path}/`)) && !isNotice(path));
}

function isNotice(path: string): boolean {
  return /^(requirements.*\.txt|licen[cs]e.*|makefile|dockerfile)$/i.test(basename(path));
}
