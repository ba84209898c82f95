import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { looms } from "./support/cli.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const EXAMPLES = join(ROOT, "examples");

/** How a program ended and what it wrote. */
interface Ended {
  readonly code: number;
  readonly signal: string | null;
  readonly lines: readonly string[];
}

/** A copy of an example in a folder of its own, gone when it is disposed of. */
class Copy implements AsyncDisposable {
  readonly folder: string;

  constructor(name: string) {
    this.folder = Deno.makeTempDirSync({ prefix: "loom-example-" });
    // What a person's own runs left in the checkout does not belong to the example.
    const filter = (path: string) => !/[/\\]\.loom$/.test(path);
    cpSync(join(EXAMPLES, name), this.folder, { recursive: true, filter });
  }

  async run(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "--config", join(ROOT, "deno.json"), "-A", "main.ts", ...args],
      cwd: this.folder,
      env: { NO_COLOR: "1", ...env },
    });
    const { code, signal, stdout, stderr } = await command.output();
    equal(new TextDecoder().decode(stderr), "");
    return { code, signal, lines: new TextDecoder().decode(stdout).trimEnd().split("\n") };
  }

  /** {@linkcode run}, of a program that ends well. */
  async lines(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
    const { code, lines } = await this.run(args, env);
    equal(code, 0, lines.join("\n"));
    return lines;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** Everything that an example says when it is begun, each time the same but for its run's id. */
const tests: Readonly<Record<string, (copy: Copy) => Promise<void>>> = {
  async code_fixer(copy) {
    const lines = await copy.lines();
    deepEqual(lines.slice(0, 4).map((line) => line.replace(/\$[\d.]+/, "$")), [
      "step 0: $, score -3",
      "step 1: $, score -2",
      "step 2: $, score -1",
      "step 3: $, score 0",
    ]);
    ok(lines.includes("  const sorted = numbers.toSorted((a, b) => a - b);"));
    match(lines.at(-1)!, /^converged:judge after 4 steps and \$0\.00378, run [0-9a-f]{12}$/);
  },

  async report_refiner(copy) {
    const lines = await copy.lines();
    const decisions = ["advance", "advance", "backtrack:1", "advance", "advance", "backtrack:4"];
    deepEqual(lines.slice(0, 7).map((line) => line.split(" ").at(-1)), [...decisions, "converged:scorePlateau"]);
    match(lines.at(-3)!, /^A storm came\. .* Nobody knows how many roofs are gone, nor why\.$/);
    match(lines.at(-1)!, /^converged:scorePlateau; step 6 was the best; \$0\.00018915 for 655 tokens$/);
  },

  async nested_loop(copy) {
    const lines = await copy.lines();
    const rounds = (title: string) => lines.filter((line) => line.startsWith(`  ${title}, round`)).length;
    deepEqual(["Dawn", "Noon", "Dusk"].map(rounds), [3, 3, 3]);
    ok(lines.includes("budget:usd: $0.7 spent, written: Dawn, Noon"));
    equal(lines.at(-1), "converged:judge: $0.9 spent, written: Dawn, Noon, Dusk");
  },

  async human_pause(copy) {
    const [paid, waits] = await copy.lines();
    equal(paid, "writing (this is paid once)");
    match(waits, /^paused: approve\? \{"question":"May this be sent\?",/);
    equal((await copy.lines())[0], waits);
    const sent = ["sent to ada: Dear Ada, I hope this finds you well. ($0.05)"];
    deepEqual(await copy.lines(["ada"]), sent);
    deepEqual(await copy.lines(), sent);
  },

  async crash_and_resume(copy) {
    const crashed = await copy.run(["--crash"]);
    deepEqual([crashed.signal, crashed.lines.at(-1)], ["SIGKILL", "step 2, attempt 1"]);
    const end = "spent $0.6, unknown $0; the bank has 6 payments";
    const resumed = await copy.lines();
    deepEqual([resumed[0], resumed.at(-1)], ["step 3, attempt 2", end]);
    equal((await copy.lines()).at(-1), end);
  },

  async live_spans(copy) {
    const unasked = await copy.lines();
    equal(unasked[1], "0 spans sent while it went on, 0 accepted");
    const bodies: string[] = [];
    const onListen = () => undefined;
    await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen }, async (request) => {
      const { pathname } = new URL(request.url);
      bodies.push(`${request.method} ${pathname} ${await request.text()}`);
      return Response.json({});
    });
    const endpoint = `http://127.0.0.1:${server.addr.port}`;
    const lines = await copy.lines([], { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    equal(lines[1], "4 spans sent while it went on, 4 accepted");
    const ids = lines.slice(2).map((line) => line.split(" ").at(-1)!).toSorted();
    const sent = bodies.map((body) => body.match(/^POST \/v1\/traces .*"spanId":"([0-9a-f]{16})"/)?.[1]);
    deepEqual(sent.toSorted(), ids);
  },
};

for (const [name, test] of Object.entries(tests)) {
  Deno.test(`examples/${name} does what it says, twice, and keeps all it makes in its .loom`, async () => {
    await using copy = new Copy(name);
    const before = namesIn(copy.folder);
    for (let time = 0; time < 2; time++) {
      await test(copy);
      deepEqual(namesIn(copy.folder), [".loom", ...before].toSorted());
      await Deno.remove(join(copy.folder, ".loom"), { recursive: true });
    }
  });
}

Deno.test("examples/human_pause is answered from the command line", async () => {
  await using copy = new Copy("human_pause");
  await copy.lines();
  const answer = (value: string) =>
    new Deno.Command(looms[0].argv[0], {
      args: [...looms[0].argv.slice(1), "answer", "letter", `approve=${value}`],
      cwd: copy.folder,
      env: { NO_COLOR: "1" },
    }).output();
  equal((await answer('{"send": "yes", "to": "bo"}')).code, 2);
  equal((await answer('{"send": true, "to": "bo"}')).code, 0);
  deepEqual(await copy.lines(), ["sent to bo: Dear Ada, I hope this finds you well. ($0.05)"]);
});

Deno.test("the loop in the README runs, and goes on until nothing is gained", async () => {
  const readme = Deno.readTextFileSync(join(ROOT, "README.md"));
  const [, program] = readme.match(/^```ts\n([^]*?)^```$/m)!;
  await using copy = new Copy("human_pause");
  await Deno.writeTextFile(join(copy.folder, "main.ts"), program);
  deepEqual(await copy.lines(), [
    "A loom weaves threads into cloth weaves threads into (converged:scorePlateau, $0.0273)",
  ]);
});

Deno.test("every loop among the examples is run here, and its README says how", () => {
  const folders = namesIn(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, "main.ts")));
  deepEqual(folders, Object.keys(tests).toSorted());
  const index = Deno.readTextFileSync(join(EXAMPLES, "README.md"));
  for (const folder of folders) {
    const readme = Deno.readTextFileSync(join(EXAMPLES, folder, "README.md"));
    ok(readme.includes(`npx -y deno@2.9.6 run -A examples/${folder}/main.ts`), folder);
    ok(index.includes(`](${folder})`), folder);
  }
});

function namesIn(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
}
