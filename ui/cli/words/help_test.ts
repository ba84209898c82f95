import { ok, strictEqual as equal } from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { helpDocument } from "../../../_tools/help.ts";
import { fakeHost } from "../../../tests/support/fake_host.ts";
import { palette } from "../view/colors.ts";
import { page } from "./help.ts";
import { runCli } from "../main.ts";
import { cells } from "../view/text_width.ts";
import { isVerb, kebab, VERBS } from "./verbs.ts";

Deno.test("page() shows every option of its verb once, in lines of at most 100 cells", () => {
  for (const verb of Object.keys(VERBS).filter(isVerb)) {
    const text = page(verb, palette(false));
    for (const line of text.split("\n")) ok(cells(line) <= 100, line);
    for (const flag of Object.keys(VERBS[verb].flags)) {
      const shown = text.matchAll(new RegExp(`^ {2}(?: {4}|-., )--${kebab(flag)} `, "gm"));
      equal([...shown].length, 1, `${verb} --${kebab(flag)}`);
    }
  }
});

Deno.test(".github/HELP.md is what --help prints", () => {
  equal(Deno.readTextFileSync(new URL("../../../.github/HELP.md", import.meta.url)), helpDocument());
});

Deno.test("runCli() prints help to standard output and mistakes to standard error", async () => {
  const help = fakeHost();
  equal(await runCli(["p.yml", "--help"], help), 0);
  ok(help.terminal.output().startsWith("Run a pipeline.\n\nUsage\n"));
  const wrong = fakeHost();
  equal(await runCli(["p.yml", "--dry-rum", "--nope"], wrong), 2);
  equal(wrong.terminal.output(), "");
  equal(
    wrong.terminal.errors(),
    "error: Unknown option --dry-rum; did you mean --dry-run?\nerror: Unknown option --nope\nSee loom run --help\n",
  );
});

Deno.test("runCli() prints the version, and refuses help on what it does not know", async () => {
  const host = fakeHost();
  equal(await runCli(["--version", "-q"], host), 0);
  equal(host.terminal.output(), `${config.version}\n`);
  const wrong = fakeHost();
  equal(await runCli(["help", "rum"], wrong), 2);
  equal(wrong.terminal.errors(), "error: Unknown command 'rum'; did you mean 'run'?\nSee loom --help\n");
});
