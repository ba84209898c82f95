import { doesNotMatch, match, ok, strictEqual as equal } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { realPython } from "../support/cli.ts";
import { temporaryFolder } from "../contract/temporary.ts";
import { compiled } from "./support/compiled.ts";
import { ATTEMPTS, IMPORTS, MISDEEDS, UNSEEN_IMPORTS } from "./support/hostile.ts";
import type { Outcomes } from "./support/plugin_harness.ts";

const HARNESS = new URL("./support/plugin_harness.ts", import.meta.url);
const CONFIG = fileURLToPath(new URL("../../deno.json", import.meta.url));
const FROM_SOURCE = [
  Deno.execPath(),
  "run",
  "--config",
  CONFIG,
  "--no-lock",
  "-A",
  "--no-prompt",
  fileURLToPath(HARNESS),
];

/** A terminal around a program: who wants to ask a person, or to write for one, finds one there. */
const TERMINAL = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";

const OUTCOMES = /^OUTCOMES (.*?)\r?$/m;

for (const kind of ["source", "binary"] as const) {
  Deno.test(`plugins that mean harm get nothing, and loom stays up [${kind}]`, async (t) => {
    using folder = temporaryFolder();
    const argv = kind === "source" ? FROM_SOURCE : [await compiled(HARNESS, folder.path)];
    const { code, output } = await inTerminal(argv, folder.path);
    equal(code, 0, output.slice(-2_000));
    const outcomes: Outcomes = JSON.parse(OUTCOMES.exec(output)![1]);
    await check(t, outcomes);
    await t.step("nothing of it is seen on the terminal, nor is anybody asked", () => {
      doesNotMatch(output, /ESCAPED|canary-value|Deno requests|Uncaught/);
    });
    await t.step("nothing of it is found on the disk", async () => {
      equal(
        (await Array.fromAsync(Deno.readDir("/tmp"))).find(({ name }) => name.startsWith("loom-escaped")),
        undefined,
      );
    });
  });
}

Deno.test("no plugin is started where Deno would ask the person for what it was not granted", async () => {
  using folder = temporaryFolder();
  const { output } = await inTerminal(FROM_SOURCE.filter((word) => word !== "--no-prompt"), folder.path);
  const { attempts, misdeeds }: Outcomes = JSON.parse(OUTCOMES.exec(output)![1]);
  for (const outcome of Object.values(attempts)) equal(outcome, "may-prompt");
  for (const [code] of Object.values(misdeeds)) equal(code, "may-prompt");
  doesNotMatch(output, /Deno requests/);
});

async function check(t: Deno.TestContext, outcomes: Outcomes): Promise<void> {
  for (const name of Object.keys(ATTEMPTS)) await t.step(`it ${name}`, () => equal(outcomes.attempts[name], "no"));
  for (const name of Object.keys(IMPORTS)) {
    await t.step(`it imports ${name}`, () => equal(outcomes.imports[name], "plugin-import"));
  }
  for (const name of Object.keys(UNSEEN_IMPORTS)) {
    await t.step(`it imports ${name}, and nobody looked`, () => equal(outcomes.unseenImports[name], "no"));
  }
  for (const [name, { code }] of Object.entries(MISDEEDS)) {
    await t.step(`it ${name}`, () => {
      const [found, next] = outcomes.misdeeds[name];
      if (typeof code === "string") equal(found, code);
      else match(found, code);
      equal(next, "fine");
    });
  }
}

async function inTerminal(argv: readonly string[], cwd: string): Promise<{ code: number; output: string }> {
  const terminal = new Deno.Command(realPython, {
    args: ["-c", TERMINAL, ...argv],
    cwd,
    env: { CANARY: "canary-value", NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stdout, stderr } = await terminal.output();
  const decoder = new TextDecoder();
  ok(stdout.length > 0, decoder.decode(stderr));
  return { code, output: decoder.decode(stdout) };
}
