import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { isLoomError } from "../../../../core/errors.ts";
import type { Files } from "../../../../core/ports/files.ts";
import { fakeHost } from "../../../../tests/support/fake_host.ts";
import { type MemoryFiles, memoryFiles } from "../../../../tests/support/memory_files.ts";
import { addStepVerb } from "./add_step.ts";
import { editFile } from "./edit_file.ts";
import { rmVerb } from "./rm.ts";
import { setVerb } from "./set.ts";

const TEXT = "# head\nparameters:\n  lr: 0.1  # rate\n  tag: '007'\n";

function hostWith(files: Files, options = {}) {
  return fakeHost({ context: { files }, ...options });
}

function set(path: string, value: string, files: Files, flags = {}, options = {}) {
  const host = hostWith(files, options);
  return { host, code: setVerb({ verb: "set", words: ["p.yml", path, value], flags }, host) };
}

/** Another program writes the file while loom does. */
function disturbed(files: MemoryFiles, text: string | undefined): Files {
  return {
    ...files,
    writeAtomic: (path, content) => {
      files.writeAtomic(path, content);
      if (text === undefined) files.remove("/w/p.yml");
      else files.write("/w/p.yml", text);
    },
  };
}

Deno.test("editFile() writes one line and shows it", async () => {
  const files = memoryFiles({ "/w/p.yml": TEXT });
  const { host, code } = set("parameters.lr", "0.25", files);
  equal(await code, 0);
  equal(files.readText("/w/p.yml"), TEXT.replace("0.1", "0.25"));
  equal(host.terminal.output(), "@@ p.yml:3\n-  lr: 0.1  # rate\n+  lr: 0.25  # rate\n");
  deepEqual(files.list("/w").map(({ name }) => name), ["p.yml"]);
});

Deno.test("editFile() paints the diff on a terminal", async () => {
  const { host, code } = set("parameters.lr", "1", memoryFiles({ "/w/p.yml": TEXT }), { dryRun: true }, {
    color: true,
  });
  equal(await code, 0);
  const lines = host.terminal.output().split("\n");
  equal(lines[0], "\x1b[1m--- a/p.yml\x1b[22m");
  ok(lines.includes("\x1b[32m+  lr: 1  # rate\x1b[39m"));
});

Deno.test("editFile() writes nothing in a dry run, and shows what patch would take", async () => {
  const files = memoryFiles({ "/w/p.yml": TEXT });
  const { host, code } = set("parameters.lr", "1", files, { dryRun: true });
  equal(await code, 0);
  equal(files.readText("/w/p.yml"), TEXT);
  const lines = [
    "--- a/p.yml",
    "+++ b/p.yml",
    "@@ -1,4 +1,4 @@",
    " # head",
    " parameters:",
    "-  lr: 0.1  # rate",
    "+  lr: 1  # rate",
  ];
  equal(host.terminal.output(), [...lines, "   tag: '007'", ""].join("\n"));
});

Deno.test("editFile() leaves a file alone that changed underneath, and shows both", async () => {
  const files = memoryFiles({ "/w/p.yml": TEXT });
  const now = TEXT.replace("rate", "the rate");
  const { code } = set("parameters.lr", "1", disturbed(files, now));
  await rejects(code, (error) => {
    ok(isLoomError(error));
    equal(error.code, "changed-meanwhile");
    deepEqual(error.data, { file: "/w/p.yml", read: files.digestText(TEXT), found: files.digestText(now) });
    ok(error.message.includes("\n-  lr: 0.1  # rate\n+  lr: 0.1  # the rate\n"));
    return true;
  });
  equal(files.readText("/w/p.yml"), now);
  deepEqual(files.list("/w").map(({ name }) => name), ["p.yml"]);
});

Deno.test("editFile() does not bring back a file that went meanwhile", async () => {
  const files = memoryFiles({ "/w/p.yml": TEXT });
  await rejects(set("parameters.lr", "1", disturbed(files, undefined)).code, { code: "changed-meanwhile" });
  deepEqual(files.list("/w"), []);
});

Deno.test("editFile() refuses what it could not write back", async () => {
  const files = memoryFiles();
  files.write("/w/p.yml", new Uint8Array([...new TextEncoder().encode("a: 1 # "), 0xff, 0x0a]));
  await rejects(set("parameters.lr", "1", files).code, { code: "not-utf8" });
  await rejects(set("parameters.lr", "1", memoryFiles()).code, { code: "config-not-found" });
  const folder = memoryFiles({ "/w/p.yml/x": "" });
  await rejects(set("parameters.lr", "1", folder).code, { code: "config-no-file" });
});

Deno.test("editFile() keeps a mark at the start, and characters that stand for others", async () => {
  const text = "\ufeff# \ufffd\r\nparameters: {lr: 1}";
  const files = memoryFiles({ "/w/p.yml": text });
  equal(await set("parameters.lr", "2", files).code, 0);
  equal(files.readText("/w/p.yml"), text.replace("lr: 1", "lr: 2"));
});

Deno.test("editFile() says when nothing is to be done", async () => {
  const { host, code } = set("parameters.lr", "0.1", memoryFiles({ "/w/p.yml": TEXT }));
  equal(await code, 0);
  equal(host.terminal.output(), "Nothing to change in p.yml\n");
  const json = set("parameters.lr", "0.1", memoryFiles({ "/w/p.yml": TEXT }), { json: true });
  await json.code;
  deepEqual(JSON.parse(json.host.terminal.output()), { file: "p.yml", changed: false, changes: [] });
});

Deno.test("setVerb() tells when a text becomes a number", async () => {
  const files = memoryFiles({ "/w/p.yml": TEXT });
  const { host, code } = set("parameters.tag", "008.5", files);
  await code;
  equal(host.terminal.errors(), `note: parameters.tag was a text and is none any more; '"008.5"' keeps it one\n`);
  const quiet = set("parameters.tag", '"008.5"', files);
  await quiet.code;
  equal(quiet.host.terminal.errors(), "");
  match(files.readText("/w/p.yml")!, /tag: "008.5"/);
});

Deno.test("addStepVerb() needs a script, and writes values as they are meant", async () => {
  const files = memoryFiles({ "/w/p.yml": "pipeline:\n  - name: a\n    task: a.py\n" });
  const flags = {
    task: "b.py",
    input: ["x=$a", "n=5"],
    output: ["--out=out/b=1.txt"],
    arg: ["--n=5", "--m=yes", "--t=a b"],
  };
  const host = hostWith(files);
  equal(await addStepVerb({ verb: "add step", words: ["p.yml", "b"], flags }, host), 0);
  equal(
    files.readText("/w/p.yml"),
    `pipeline:
  - name: a
    task: a.py
  - name: b
    task: b.py
    inputs: { x: $a, n: "5" }
    outputs: { --out: out/b=1.txt }
    args: { --n: 5, --m: true, --t: a b }
`,
  );
  await rejects(async () => await addStepVerb({ verb: "add step", words: ["p.yml", "c"], flags: {} }, host), {
    code: "usage",
  });
});

Deno.test("rmVerb() removes with --force what is still used", async () => {
  const text = "parameters:\n  a: 1\n  b: 2\npipeline:\n  - {name: s, task: t.py, args: {--a: $a}}\n";
  const files = memoryFiles({ "/w/p.yml": text });
  const host = hostWith(files);
  await rejects(rmVerb({ verb: "rm", words: ["p.yml", "parameters.a"], flags: {} }, host), { code: "still-used" });
  equal(await rmVerb({ verb: "rm", words: ["p.yml", "parameters.a"], flags: { force: true } }, host), 0);
  equal(files.readText("/w/p.yml"), text.replace("  a: 1\n", ""));
});

Deno.test("editFile() gives programs one document", async () => {
  const files = memoryFiles({ "/w/p.yml": TEXT });
  const host = hostWith(files);
  const edits = [{ kind: "rename", path: "parameters.lr", name: "rate" }] as const;
  await editFile({ file: "p.yml", edits, flags: { json: true } }, host);
  deepEqual(JSON.parse(host.terminal.output()), {
    file: "p.yml",
    changed: true,
    changes: [{ path: "parameters.lr", before: "lr", after: "rate", line: 3 }],
  });
});
