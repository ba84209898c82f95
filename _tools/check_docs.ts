/**
 * Every export of `mod.ts` and of the ports says what it is, and every relative link of the documents leads somewhere.
 *
 * The examples inside the comments are run by `deno test --doc`.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { must, root } from "./_run.ts";

/** The part of `deno doc --json` that is read here. */
interface Documented {
  readonly nodes: Readonly<Record<string, { readonly symbols: readonly DocumentedSymbol[] }>>;
}

interface DocumentedSymbol {
  readonly name: string;
  readonly declarations: readonly {
    readonly declarationKind: string;
    readonly jsDoc?: { readonly doc?: string };
    readonly location: { readonly filename: string; readonly line: number };
  }[];
}

/** Places of exported symbols without a word about them, `file:line: name`. */
export async function undocumented(files: readonly string[]): Promise<readonly string[]> {
  const { nodes }: Documented = JSON.parse(await must([Deno.execPath(), "doc", "--json", ...files]));
  return Object.values(nodes).flatMap(({ symbols }) => symbols.flatMap(silent));
}

/** Relative links of a Markdown document that lead nowhere. */
export async function brokenLinks(document: URL): Promise<readonly string[]> {
  const text = (await Deno.readTextFile(document)).replaceAll(/^```[^]*?^```/gm, "");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1].replace(/#.*$/, ""));
  const local = targets.filter((target) => target !== "" && !/^[a-z]+:/.test(target));
  return local.filter((target) => !existsSync(new URL(target, document)))
    .map((target) => `${fileURLToPath(document)}: ${target} is not there`);
}

function silent({ name, declarations }: DocumentedSymbol): readonly string[] {
  const exported = declarations.filter(({ declarationKind }) => declarationKind === "export");
  if (exported.length === 0 || exported.some(({ jsDoc }) => jsDoc?.doc)) return [];
  const { filename, line } = exported[0].location;
  return [`${fileURLToPath(filename)}:${line}: ${name} has no doc comment`];
}

async function tracked(...patterns: readonly string[]): Promise<readonly string[]> {
  const names = await must(["git", "ls-files", "--cached", "--others", "--exclude-standard", ...patterns]);
  return names.split("\n").filter((name) => name !== "" && existsSync(new URL(name, root)));
}

if (import.meta.main) {
  const ports = (await tracked("core/ports/*.ts")).filter((file) => !file.endsWith("_test.ts"));
  const documents = await tracked("*.md");
  const links = await Promise.all(documents.map((file) => brokenLinks(new URL(file, root))));
  // Apart, because a symbol that two of the given files export is only told once, without its comment.
  const findings = [...await undocumented(["mod.ts"]), ...await undocumented(ports), ...links.flat()];
  for (const finding of findings) console.error(finding);
  Deno.exit(findings.length === 0 ? 0 : 1);
}
