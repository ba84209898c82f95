/**
 * One module out of a plugin's files: types gone, imports inside, nothing of it run.
 *
 * @module
 */

import type * as Esbuild from "esbuild-wasm/esm/browser.js";
import { LoomError, type Problem } from "../../../../core/errors.ts";
import { dropEsbuild, esbuild } from "./esbuild.ts";
import { MAX_BUNDLE_BYTES, MAX_MODULES, sourceError, tooLarge } from "./limits.ts";
import { resolveImport } from "./resolve.ts";
import type { SourceTree } from "./tree.ts";

/** Marks the messages that are about imports, and what to do about them. */
interface ImportFault {
  readonly refused: true;
  readonly hint?: string;
}

const FILES = "plugin";
const LOOM = "loom";

/** All that a plugin has of loom when it runs: the rest is handed to its methods. */
const LOOM_MODULE = "export const definePlugin = (plugin) => plugin;\n";

const LOADERS: Readonly<Record<string, Esbuild.Loader>> = {
  ts: "ts",
  mts: "ts",
  tsx: "tsx",
  js: "js",
  mjs: "js",
  cjs: "js",
  jsx: "jsx",
  json: "json",
  txt: "text",
  md: "text",
};

/**
 * Bundles the module at `entry` with everything it imports.
 *
 * @throws {LoomError} `plugin-import`, `plugin-syntax` with the places; `plugin-too-large`; `plugin-invalid` if it has no
 * default export.
 */
export async function bundleTree(tree: SourceTree, entry: string): Promise<string> {
  const { build } = await esbuild();
  try {
    return textOf(tree, await build(optionsFor(tree, entry)));
  } catch (error) {
    if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) throw await tooDeep(tree, error);
    throw explained(tree, error);
  }
}

/** Brackets in brackets, a million times: the bundler has died of it. */
async function tooDeep(tree: SourceTree, cause: Error): Promise<LoomError> {
  await dropEsbuild();
  return new LoomError(
    "plugin-too-large",
    `Cannot make one module of the plugin in ${tree.label}: it is nested too deep`,
    {
      hint: "leave out what the plugin does not need",
      data: { where: tree.label },
      cause,
    },
  );
}

function optionsFor(tree: SourceTree, entry: string) {
  return {
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    tsconfigRaw: {},
    plugins: [inside(tree, entry)],
  } as const satisfies Esbuild.BuildOptions;
}

/** Answers every question about files from the tree; esbuild itself has no disk. */
function inside(tree: SourceTree, entry: string): Esbuild.Plugin {
  return {
    name: "inside",
    setup(build) {
      let modules = 0;
      build.onResolve({ filter: /.*/ }, (wanted) => {
        if (wanted.kind === "entry-point") return { path: entry, namespace: FILES };
        return answer(tree, wanted);
      });
      build.onLoad({ filter: /.*/, namespace: LOOM }, () => ({ contents: LOOM_MODULE, loader: "js" }));
      build.onLoad({ filter: /.*/, namespace: FILES }, ({ path }) => {
        if (++modules > MAX_MODULES) throw tooManyModules(tree);
        return load(tree, path);
      });
    },
  };
}

function tooManyModules(tree: SourceTree): LoomError {
  return sourceError(tree.label, `it is made of more than ${MAX_MODULES} modules`, "import less, or bundle it before");
}

function answer(tree: SourceTree, { path, importer, kind }: Esbuild.OnResolveArgs): Esbuild.OnResolveResult {
  const found = resolveImport(tree, { specifier: path, importer, isRequire: kind.startsWith("require") });
  switch (found.kind) {
    case "file":
      return { path: found.path, namespace: FILES };
    case "loom":
      return { path: "@loom/loom", namespace: LOOM };
    case "node":
      return { path: `node:${found.name}`, external: true };
    case "refused": {
      const detail: ImportFault = { refused: true, hint: found.hint };
      return { errors: [{ text: `Cannot import '${path}': ${found.reason}`, detail }] };
    }
  }
}

function load(tree: SourceTree, path: string): Esbuild.OnLoadResult {
  const loader = LOADERS[path.slice(path.lastIndexOf(".") + 1)];
  if (loader !== undefined) return { contents: tree.read(path), loader };
  const detail: ImportFault = { refused: true, hint: "import .ts, .js, .json, .txt or .md" };
  return { errors: [{ text: `Cannot import '${path}': it is no kind of file that a module is made of`, detail }] };
}

function textOf(
  tree: SourceTree,
  { outputFiles, metafile }: Esbuild.BuildResult<ReturnType<typeof optionsFor>>,
): string {
  const [output] = outputFiles;
  if (output.contents.length > MAX_BUNDLE_BYTES) throw tooLarge(tree.label, MAX_BUNDLE_BYTES);
  const exported = Object.values(metafile.outputs).flatMap((it) => it.exports);
  if (exported.includes("default")) return output.text;
  throw new LoomError("plugin-invalid", `Cannot use the plugin in ${tree.label}: its module has no default export`, {
    hint: "write 'export default definePlugin({ … })'",
    data: { where: tree.label },
  });
}

function explained(tree: SourceTree, error: unknown): unknown {
  const found = error instanceof Error && "errors" in error ? error.errors as readonly Esbuild.Message[] : [];
  // What the tree throws comes back as the detail of a message.
  const thrown = found.map(({ detail }) => detail).find((detail) => detail instanceof LoomError);
  if (thrown !== undefined || found.length === 0) return thrown ?? error;
  const problems = found.map((message) => problemOf(tree, message));
  const code = problems.some((it) => it.code === "plugin-import") ? "plugin-import" : "plugin-syntax";
  return new LoomError(code, `Cannot make one module of the plugin in ${tree.label}`, {
    data: { where: tree.label },
    problems,
    cause: error,
  });
}

function problemOf(tree: SourceTree, { text, detail, location }: Esbuild.Message): Problem {
  const fault: Partial<ImportFault> = detail ?? {};
  const path = location?.file.replace(/^\w+:/, "");
  return {
    level: "error",
    code: fault.refused ? "plugin-import" : "plugin-syntax",
    message: text,
    hint: fault.hint,
    ...(path !== undefined && location !== null && {
      file: tree.nameOf(path),
      line: location.line,
      column: location.column + 1,
    }),
  };
}
