import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { fakeProject } from "../../../tests/support/fake_project.ts";

const YAML = `
data: {made: made.txt, other: other.txt}
pipeline:
  - {name: a, task: a.py, outputs: {--out: $made}}
  - {name: b, task: /bin/tool, inputs: {x: $made}, outputs: {--out: $other}}
`;

/** Runs the pipeline with these scripts; which of the texts were kept. */
async function keptOf(files: Readonly<Record<string, string | Uint8Array>>, env: Record<string, string> = {}) {
  const project = fakeProject(YAML, { context: { env: { PATH: "/usr/bin", ...env } } });
  for (const [name, content] of Object.entries(files)) project.files.write(`/w/${name}`, content);
  project.files.write("/bin/tool", "a program from elsewhere", { executable: true });
  const { status, run } = await project.run();
  equal(status, "done");
  const { objects, journal } = project.store();
  const texts = Object.entries(files).filter(([name]) => objects.has(project.files.digestText(project.read(name)!)));
  return { names: texts.map(([name]) => name), objects, journal, run, project };
}

Deno.test("a step that was done leaves a record: what went in, what came out, the texts of its code", async () => {
  const { names, journal, run, objects, project } = await keptOf({ "a.py": "import helper\n", "helper.py": "x = 1\n" });
  deepEqual(names, ["a.py", "helper.py"]);
  equal(objects.has(project.files.digestText("a program from elsewhere")), false);
  const memos = project.store().memos.all("pipeline.yml");
  deepEqual(
    journal.steps(run).map(({ step, part, fingerprint, outputs }) => ({ step, part, fingerprint, outputs })),
    memos.map(({ step, part, fingerprint, outputs }) => ({ step, part, fingerprint, outputs })),
  );
  deepEqual(JSON.parse(journal.steps(run)[0].outputs)[0][0], "made.txt");
});

Deno.test("texts with a secret in them, large ones and what is no text are not kept", async () => {
  const secret = "import large\nimport binary\nkey = 'hidden-value'\n";
  const files = { "a.py": secret, "large.py": `# ${"x".repeat(1024 * 1024)}`, "binary.py": "\0" };
  deepEqual((await keptOf(files, { API_TOKEN: "hidden-value" })).names, []);
  deepEqual((await keptOf(files)).names, ["a.py"]);
});

Deno.test("a script in Latin-1 is kept byte for byte", async () => {
  const bytes = Uint8Array.of(0x23, 0xe4, 0x0a);
  const { objects, project } = await keptOf({ "a.py": bytes });
  deepEqual(objects.getBytes(project.files.digestBytes(bytes)), bytes);
});

Deno.test("a step that failed, or of which a file changed meanwhile, leaves no record", async () => {
  const failing = fakeProject(YAML, { script: () => ({ exitCode: 1 }) });
  equal(failing.store().journal.steps((await failing.run()).run).length, 0);
  const changing = fakeProject(YAML.replace("task: /bin/tool", "task: b.py"), {
    files: { "a.py": "1" },
    script: ({ argv }) => {
      changing.write(argv.at(-1)!.slice(3), "made");
      if (argv[1] === "/w/a.py") changing.write("a.py", "2");
    },
  });
  const { run } = await changing.run();
  deepEqual(changing.store().journal.steps(run).map(({ step }) => step), ["b"]);
});

Deno.test("the most memory that a step held is kept with its record, and told in no event", async () => {
  const project = fakeProject(YAML.replace("task: /bin/tool", "task: b.py"), {
    script: ({ argv }) => {
      project.write(argv.at(-1)!.slice(3), "made");
      return argv[1] === "/w/a.py" ? { peakBytes: 5_000_000_000 } : {};
    },
  });
  const { run, events } = await project.run();
  deepEqual(project.store().journal.steps(run).map(({ peakBytes }) => peakBytes), [5_000_000_000, undefined]);
  equal(JSON.stringify(events).includes("5000000000"), false);
});
