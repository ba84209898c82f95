/**
 * Writes every help page into `.github/HELP.md`, so that a change of the command line is seen in review.
 *
 * `deno run -A _tools/help.ts` writes it; with `--check` it only says whether it is up to date.
 *
 * @module
 */

import { palette } from "../ui/cli/view/colors.ts";
import { groupPage, overview, page } from "../ui/cli/words/help.ts";
import { GROUPS, isGroup, isVerb, VERBS } from "../ui/cli/words/verbs.ts";

const FILE = new URL("../.github/HELP.md", import.meta.url);

/** All help pages as one Markdown document. */
export function helpDocument(): string {
  const plain = palette(false);
  const pages = Object.keys(VERBS).filter(isVerb).map((verb) => section(`loom ${verb} --help`, page(verb, plain)));
  const groups = Object.keys(GROUPS).filter(isGroup).map((group) =>
    section(`loom help ${group}`, groupPage(group, plain))
  );
  const note = "Written by `deno run -A _tools/help.ts` from the tables that parse the command line.";
  return [`# Help pages`, "", note, "", section("loom --help", overview(plain)), ...groups, ...pages].join("\n");
}

function section(command: string, text: string): string {
  return ["## `" + command + "`", "", "```text", text.trimEnd(), "```", ""].join("\n");
}

function isUpToDate(): boolean {
  try {
    return Deno.readTextFileSync(FILE) === helpDocument();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

if (import.meta.main) {
  if (!Deno.args.includes("--check")) Deno.writeTextFileSync(FILE, helpDocument());
  else if (!isUpToDate()) {
    console.error("error: .github/HELP.md is not what --help prints; run: deno run -A _tools/help.ts");
    Deno.exit(1);
  }
}
