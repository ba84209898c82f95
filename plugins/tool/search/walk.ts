import type { Workspace, WorkspaceEntry } from "../../../core/ports/workspace.ts";

/** Folders of what programs make: nobody looks for anything in them. */
const JUNK: ReadonlySet<string> = new Set([
  ...[".git", ".hg", ".svn", ".loom", "node_modules", "bower_components", "vendor", "__pycache__", ".venv", "venv"],
  ...[".mypy_cache", ".pytest_cache", ".ruff_cache", ".tox", ".cache", ".next", ".nuxt", ".gradle", ".idea"],
  ...["dist", "build", "target", "coverage", ".eggs", ".terraform"],
]);

/** A walk ends here, and says so. */
const MAX_ENTRIES = 100_000;

/** What a walk tells of. */
export interface Walked {
  readonly entry: WorkspaceEntry;
  /** 1 for what lies in the folder itself. */
  readonly depth: number;
}

/** How far a walk goes. */
export interface WalkOptions {
  readonly signal: AbortSignal;
  readonly maxDepth?: number;
}

/** Name of an entry without its folder. */
export function nameOf({ path }: WorkspaceEntry): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** All below a folder, each folder before what is in it. Links are told of and not followed; junk is left out. */
export async function* walk(workspace: Workspace, folder: string, options: WalkOptions): AsyncGenerator<Walked> {
  const waiting: (readonly [path: string, depth: number])[] = [[folder, 1]];
  let count = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    options.signal.throwIfAborted();
    const [path, depth] = next;
    const entries = (await entriesOf(workspace, path, depth)).filter((entry) => !isJunk(entry));
    for (const entry of entries) {
      if (++count > MAX_ENTRIES) return;
      yield { entry, depth };
    }
    if (depth >= (options.maxDepth ?? Infinity)) continue;
    const folders = entries.filter(({ kind }) => kind === "directory");
    for (const { path } of folders.reverse()) waiting.push([path, depth + 1]);
  }
}

/** A folder that may not be looked into, or that has just gone, has nothing to find; the first one must be there. */
async function entriesOf(workspace: Workspace, path: string, depth: number): Promise<readonly WorkspaceEntry[]> {
  try {
    return await workspace.list(path);
  } catch (error) {
    const code = (error as { readonly code?: string }).code ?? "";
    if (
      depth > 1 &&
      ["denied-by-rule", "not-permitted", "file-not-found", "changed-meanwhile", "not-directory"].includes(code)
    ) {
      return [];
    }
    throw error;
  }
}

function isJunk(entry: WorkspaceEntry): boolean {
  return entry.kind === "directory" && JUNK.has(nameOf(entry));
}
