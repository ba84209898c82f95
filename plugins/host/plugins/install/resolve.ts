/**
 * What an import of a plugin may lead to: its own files, the packages in its own `node_modules`, harmless parts of Node.
 *
 * @module
 */

import { HARMLESS_MODULES } from "../runtime/screen.ts";
import { exportOf, readJson } from "./entry.ts";
import type { SourceTree } from "./tree.ts";

/** Where an import leads, or why it leads nowhere. */
export type Resolved =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "loom" }
  | { readonly kind: "node"; readonly name: string }
  | { readonly kind: "refused"; readonly reason: string; readonly hint?: string };

const ENDINGS = ["", ".ts", ".mts", ".js", ".mjs", ".cjs", ".tsx", ".jsx", ".json"];
const INDEXES = ["index.ts", "index.js", "index.mjs", "index.cjs"];

/** One import. */
export interface Wanted {
  readonly specifier: string;
  /** Path of the file that imports. */
  readonly importer: string;
  /** Whether it says `require` instead of `import`. */
  readonly isRequire: boolean;
}

/** Where the import leads. */
export function resolveImport(tree: SourceTree, wanted: Wanted): Resolved {
  const { specifier, importer } = wanted;
  if (specifier === "@loom/loom") return { kind: "loom" };
  if (/^\.\.?(\/|$)/.test(specifier)) return ownFile(tree, specifier, importer);
  if (specifier.startsWith("node:")) return nodeModule(specifier.slice("node:".length));
  if (/^(jsr|https?|data|blob|file):/.test(specifier)) return elsewhere(specifier);
  if (specifier.startsWith("/")) return { kind: "refused", reason: "an absolute path leads out of the plugin" };
  const found = packageFile(tree, { ...wanted, specifier: withoutVersion(specifier) });
  if (found !== undefined) return { kind: "file", path: found };
  return HARMLESS_MODULES.has(specifier) ? { kind: "node", name: specifier } : notInstalled(specifier);
}

function ownFile(tree: SourceTree, specifier: string, importer: string): Resolved {
  const path = joined(importer.split("/").slice(0, -1), specifier);
  if (path === undefined) return { kind: "refused", reason: "it leads out of the plugin's folder" };
  const found = fileAt(tree, path);
  if (found === undefined) return { kind: "refused", reason: "there is no such file" };
  return { kind: "file", path: found };
}

/** `undefined` if `..` leads above the root. */
function joined(folder: readonly string[], specifier: string): string | undefined {
  const parts = [...folder];
  for (const part of specifier.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The file itself, one with an ending left out, or a folder's index. TypeScript may be imported as `.js`. */
function fileAt(tree: SourceTree, path: string): string | undefined {
  const asTypeScript = path.replace(/\.(m?)js$/, ".$1ts");
  const names = [...ENDINGS.map((ending) => path + ending), asTypeScript, ...INDEXES.map((name) => `${path}/${name}`)];
  return names.find((name) => tree.kind(name) === "file");
}

function nodeModule(name: string): Resolved {
  if (HARMLESS_MODULES.has(name)) return { kind: "node", name };
  return {
    kind: "refused",
    reason: "a plugin cannot use this part of Node",
    hint: "ask the context of the call for it: context.workspace, context.run",
  };
}

function elsewhere(specifier: string): Resolved {
  const kind = specifier.slice(0, specifier.indexOf(":") + 1);
  return {
    kind: "refused",
    reason: `a plugin imports nothing over ${kind}`,
    hint: "put the file into the plugin's folder, or the package into its node_modules",
  };
}

function notInstalled(specifier: string): Resolved {
  return {
    kind: "refused",
    reason: "it is not in the plugin's own node_modules",
    hint: `run 'npm install ${packageName(specifier)}' in the plugin's folder, or bundle it before you publish`,
  };
}

/** `npm:zod@4/mini` as `zod/mini`. */
function withoutVersion(specifier: string): string {
  return specifier.replace(/^npm:\/?((?:@[^/]+\/)?[^/@]+)(?:@[^/]*)?/, "$1");
}

function packageName(specifier: string): string {
  return withoutVersion(specifier).split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** Looked for in the `node_modules` beside the importer and above it, up to the plugin's root. */
function packageFile(tree: SourceTree, { specifier, importer, isRequire }: Wanted): string | undefined {
  const name = packageName(specifier);
  const above = importer.split("/").slice(0, -1);
  for (let depth = above.length; depth >= 0; depth--) {
    const folder = [...above.slice(0, depth), "node_modules", name].join("/");
    if (tree.kind(folder) === "directory") {
      return fileOfPackage(tree, folder, { rest: specifier.slice(name.length), isRequire });
    }
  }
  return undefined;
}

interface Part {
  /** What follows the package's name, with its `/`. */
  readonly rest: string;
  readonly isRequire: boolean;
}

function fileOfPackage(tree: SourceTree, folder: string, { rest, isRequire }: Part): string | undefined {
  const settings = readJson(tree, `${folder}/package.json`);
  const known = typeof settings === "object" && settings !== null ? settings : {};
  const exported = exportOf(known, `.${rest}`, isRequire ? ["deno", "require"] : undefined);
  const named = exported ?? (rest === "" ? mainOf(known, isRequire) : "exports" in known ? undefined : `.${rest}`);
  const path = named === undefined ? undefined : joined(folder.split("/"), named);
  return path === undefined || !path.startsWith(`${folder}/`) ? undefined : fileAt(tree, path);
}

function mainOf(settings: object, isRequire: boolean): string | undefined {
  if ("exports" in settings) return undefined;
  const { module, main } = settings as Readonly<Record<string, unknown>>;
  const named = isRequire ? main : module ?? main;
  return typeof named === "string" && named !== "" ? named : "index.js";
}
