import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** One file that imports another file, or a package. */
export interface Edge {
  /** Path from the repository's root, with `/`. */
  readonly from: string;
  /** The same, or a specifier such as `npm:zod@4.6.7` or `node:path`. */
  readonly to: string;
  /** Only types are taken, so that nothing is loaded. */
  readonly typeOnly: boolean;
}

/** The part of `deno info --json` that is read here. */
interface ModuleInfo {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly specifier: string;
    readonly code?: { readonly specifier?: string };
    readonly type?: { readonly specifier?: string };
  }[];
}

/**
 * Every import of `files` and of what they import, static or dynamic with a literal, as Deno itself resolves them.
 *
 * @param root The repository's root, absolute.
 * @param files Paths from there.
 */
export async function importGraph(root: string, files: readonly string[]): Promise<readonly Edge[]> {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const imports = files.map((file) => `import ${JSON.stringify(pathToFileURL(`${root}/${file}`).href)};`);
    await Deno.writeTextFile(entry, imports.join("\n"));
    return edgesOf(await infoOf(root, entry), root);
  } finally {
    await Deno.remove(entry);
  }
}

async function infoOf(root: string, entry: string): Promise<readonly ModuleInfo[]> {
  const args = ["info", "--json", "--no-lock", "--config", `${root}/deno.json`, entry];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: root }).output();
  if (!success) throw new Error(`Cannot read the import graph: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout)).modules;
}

function edgesOf(modules: readonly ModuleInfo[], root: string): readonly Edge[] {
  return modules.flatMap(({ specifier, dependencies = [] }) =>
    dependencies.map((it) => ({
      from: nameOf(specifier, root),
      to: nameOf(it.code?.specifier ?? it.type?.specifier ?? it.specifier, root),
      typeOnly: it.code === undefined,
    }))
  ).filter(({ from }) => !from.startsWith(".."));
}

function nameOf(specifier: string, root: string): string {
  if (!specifier.startsWith("file:")) return specifier;
  return relative(root, fileURLToPath(specifier)).replaceAll("\\", "/");
}
