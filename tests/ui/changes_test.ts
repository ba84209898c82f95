import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { inServed, type Served } from "../support/served.ts";

const PIPELINE = `output_dir: out
data:
  raw: {path: in/raw.csv, type: csv}
  out: {path: out/data.json, type: json}
  bits: {path: out/bits, type: data_folder}
pipeline:
  - {name: make, task: tasks/make.py, inputs: {table: $raw}, outputs: {--out: $out, --bits: $bits}}
`;

const FILES = {
  "p.yml": PIPELINE,
  "in/raw.csv": "a\n",
  "out/data.json": "{}",
  "out/bits/1": "x",
  "tasks/make.py": "",
};

/** What the stream tells, event by event, until `work` has done what it is to tell of. */
class Heard {
  readonly events: { readonly type: string; readonly body: Record<string, unknown> }[] = [];
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  }

  /** Reads on until an event is as `wanted` says. */
  async until(type: string, wanted: (body: Record<string, unknown>) => boolean = () => true) {
    for (;;) {
      const at = this.events.findIndex((event) => event.type === type && wanted(event.body));
      if (at >= 0) return this.events.splice(0, at + 1).at(-1)!.body;
      const { value, done } = await this.#reader.read();
      if (done) throw new Error(`the stream ended before ${type}`);
      this.#text += value;
      const blocks = this.#text.split("\n\n");
      this.#text = blocks.pop()!;
      for (const block of blocks) {
        const [, type] = /^event: (.*)$/m.exec(block) ?? [];
        if (type !== undefined) this.events.push({ type, body: JSON.parse(/^data: (.*)$/m.exec(block)![1]) });
      }
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }
}

async function listening(served: Served, work: (heard: Heard) => Promise<void>): Promise<void> {
  // A stream that never tells what is waited for is a failure, not a test that never ends.
  const response = await served.ask("/api/events", { signal: AbortSignal.timeout(30_000) });
  const heard = new Heard(response.body!);
  try {
    await work(heard);
  } finally {
    await heard.close();
  }
}

Deno.test("pages hear what changes on the disk: pipelines, data, scripts; their own saves only by digest", () =>
  inServed(FILES, (served) =>
    listening(served, async (heard) => {
      const { digest } = await served.get("/api/file", { path: "p.yml" });
      served.write("p.yml", `# other\n${PIPELINE}`);
      const foreign = await heard.until("file");
      deepEqual([foreign.path, foreign.exists], ["p.yml", true]);
      ok(foreign.digest !== digest);
      await heard.until("status", ({ path }) => path === "p.yml");
      served.write("out/data.json", "[1]");
      deepEqual(await heard.until("data"), { path: "p.yml", keys: ["out"] });
      served.write("out/bits/2", "y");
      deepEqual((await heard.until("data")).keys, ["bits"]);
      Deno.removeSync(`${served.root}/out`, { recursive: true });
      await heard.until("data", ({ keys }) => (keys as string[]).includes("out"));
      served.write("tasks/make.py", "print()\n");
      deepEqual((await heard.until("tasks")).scripts, ["tasks/make.py"]);
      served.write("tasks/new.py", "");
      await heard.until("tasks");
      const saved = await served.ask("/api/file", {
        method: "PUT",
        body: JSON.stringify({ path: "p.yml", base: foreign.digest, text: PIPELINE }),
      });
      deepEqual([saved.status, (await saved.json()).digest], [200, digest]);
      const own = await heard.until("file");
      equal(own.digest, digest);
      Deno.removeSync(`${served.root}/p.yml`);
      // Between the save and this nothing else was told of the file.
      deepEqual((await heard.until("file")).exists, false);
    })));

Deno.test("a save keeps the mode, goes through a link, makes folders, and never harms what it cannot read", () =>
  inServed(FILES, async (served) => {
    const put = async (path: string, base: string, text: string) => {
      const response = await served.ask("/api/file", { method: "PUT", body: JSON.stringify({ path, base, text }) });
      return [response.status, (await response.json()).error?.code];
    };
    Deno.chmodSync(`${served.root}/p.yml`, 0o640);
    Deno.symlinkSync("p.yml", `${served.root}/link.yml`);
    const { digest } = await served.get("/api/file", { path: "link.yml" });
    deepEqual(await put("link.yml", digest, "pipeline: []\n"), [200, undefined]);
    equal(Deno.readTextFileSync(`${served.root}/p.yml`), "pipeline: []\n");
    equal(Deno.statSync(`${served.root}/p.yml`).mode! & 0o777, 0o640);
    ok(Deno.lstatSync(`${served.root}/link.yml`).isSymlink);
    const absent = await served.get("/api/file", { path: "deep/new/q.yml" });
    deepEqual(await put("deep/new/q.yml", absent.digest, "pipeline: []\n"), [200, undefined]);
    served.write("latin.yml", Uint8Array.of(0x23, 0xe9, 0x0a));
    const latin = await served.get("/api/file", { path: "latin.yml" });
    match(latin.fixed, /UTF-8/);
    deepEqual(await put("latin.yml", latin.digest, "x: 1\n"), [403, "cannot-save"]);
    deepEqual([...Deno.readFileSync(`${served.root}/latin.yml`)], [0x23, 0xe9, 0x0a]);
    Deno.mkdirSync(`${served.root}/folder.yml`);
    deepEqual(await served.refused("/api/file", { path: "folder.yml" }), [404, "no-file"]);
  }));

Deno.test("a new pipeline comes from a template, has no mistakes, and never takes the place of another", () =>
  inServed(FILES, async (served) => {
    for (const [template, steps] of [["empty", 0], ["step", 1], ["example", 2]] as const) {
      const path = `new/${template}.yml`;
      const made = await served.post("/api/file/new", { path, template });
      const { problems, steps: found } = await served.post("/api/check", { path, text: made.text });
      deepEqual([found, problems.filter(({ level }: { level: string }) => level !== "hint")], [steps, []]);
      equal((await served.post("/api/file/new", { path, template: "empty" })).error.code, "exists");
      equal(Deno.readTextFileSync(`${served.root}/${path}`), made.text);
    }
    equal((await served.post("/api/file/new", { path: "new/again.yml", template: "example" })).exists, true);
    served.write("other/tasks/greet.py", "mine");
    const taken = await served.post("/api/file/new", { path: "other/p.yml", template: "step" });
    deepEqual([taken.error.code, Deno.readTextFileSync(`${served.root}/other/tasks/greet.py`)], ["exists", "mine"]);
    const outside = await served.post("/api/file/new", { path: "../out.yml", template: "empty" });
    equal(outside.error.code, "outside");
    const { pipelines } = await served.get("/api/pipelines");
    equal(pipelines.length, 5);
  }));

Deno.test("a clean lists first, then removes what was listed; source data and scripts stay", () =>
  inServed(FILES, async (served) => {
    const { plan, entries, refused, protected: kept } = await served.get("/api/clean", { path: "p.yml" });
    const there = entries.filter(({ kind }: { kind: string }) => kind !== "absent");
    deepEqual(there.map(({ key, path, kind, files }: Record<string, unknown>) => [key, path, kind, files]), [
      ["out", "out/data.json", "file", 1],
      ["bits", "out/bits", "folder", 1],
    ]);
    deepEqual([refused, kept], [[], [{ key: "raw", path: "in/raw.csv" }]]);
    served.write("p.yml", PIPELINE.replace("out/bits", "tasks"));
    equal((await served.post("/api/clean", { path: "p.yml", mode: "permanent", plan })).error.code, "clean-changed");
    const { error } = await served.post("/api/clean", { path: "p.yml", mode: "permanent" });
    deepEqual([error.code, error.data.refused[0].key], ["clean-refused", "bits"]);
    served.write("p.yml", PIPELINE);
    const done = await served.post("/api/clean", { path: "p.yml", mode: "permanent", plan });
    deepEqual([done.cleaned, done.failed, done.emptied], [2, 0, ["out"]]);
    ok(Deno.statSync(`${served.root}/in/raw.csv`).isFile);
  }));

Deno.test("one entry goes to the trash when it lies in the folder; source data only when it is asked for by force", () =>
  inServed(FILES, async (served) => {
    const listed = await served.get("/api/clean", { path: "p.yml", key: "raw" });
    deepEqual([listed.source, listed.entries[0].path, listed.refused], [true, "in/raw.csv", []]);
    Deno.writeTextFileSync(`${served.folder}/mine.txt`, "");
    Deno.symlinkSync(served.folder, `${served.root}/link`);
    const trash = async (key: string, force = false) => {
      const body = JSON.stringify({ path: "p.yml", key, force });
      const response = await served.ask("/api/data/trash", { method: "POST", body });
      const { error, paths } = await response.json();
      return [response.status, error?.code ?? paths[0].action];
    };
    deepEqual(await trash("out"), [200, "trashed"]);
    deepEqual(await trash("out"), [404, "absent"]);
    deepEqual(await trash("nobody"), [404, "unknown-data"]);
    deepEqual(await trash("raw"), [403, "source-data"]);
    ok(Deno.statSync(`${served.root}/in/raw.csv`).isFile);
    deepEqual(await trash("raw", true), [200, "trashed"]);
    served.write("p.yml", PIPELINE.replace("in/raw.csv", "."));
    deepEqual(await trash("raw", true), [403, "clean-refused"]);
    for (const outside of ["link/mine.txt", `${served.folder}/mine.txt`, "../mine.txt"]) {
      served.write("p.yml", PIPELINE.replace("in/raw.csv", outside));
      deepEqual(await trash("raw", true), [403, "clean-refused"]);
    }
    const names = [...Deno.readDirSync(`${served.folder}/trash`)].map(({ name }) => name);
    deepEqual(names.sort(), ["data.json", "raw.csv"]);
  }));

Deno.test("files are opened by the system's program, as one word and only once a person has allowed it", () =>
  inServed(
    { ...FILES, "q.yml": "data: {web: 'https://x.example/a b;c', bad: 'file:///etc/passwd'}\n" },
    async (served) => {
      const told = `${served.folder}/told`;
      Deno.mkdirSync(`${served.folder}/bin`);
      const program = `${served.folder}/bin/xdg-open`;
      Deno.writeTextFileSync(program, `#!/bin/sh\nprintf '%s|' "$#" "$@" > ${told}.part; mv ${told}.part ${told}\n`);
      Deno.chmodSync(program, 0o755);
      served.write("$(touch x) ;.csv", "");
      equal((await served.post("/api/open", { path: "p.yml", key: "raw" })).error.code, "not-trusted");
      deepEqual(await served.get("/api/trust"), { folder: served.root, allowed: false });
      equal((await served.post("/api/trust", { allow: false })).error.code, "bad-request");
      equal((await served.post("/api/trust", { allow: true })).allowed, true);
      equal((await served.get("/api/session")).allowed, true);
      equal(Deno.readTextFileSync(`${served.folder}/state/trusted`), `${served.root}\n`);
      const opened = async (body: Record<string, string>) => {
        deepEqual(Object.keys(await served.post("/api/open", body)), ["opened"]);
        for (let left = 2000;; left--) {
          try {
            const text = Deno.readTextFileSync(told);
            Deno.removeSync(told);
            return text;
          } catch (error) {
            if (!(error instanceof Deno.errors.NotFound) || left === 0) throw error;
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        }
      };
      equal(await opened({ path: "p.yml", key: "raw" }), `1|${served.root}/in/raw.csv|`);
      equal(await opened({ path: "p.yml", text: "./$(touch x) ;.csv" }), `1|${served.root}/$(touch x) ;.csv|`);
      equal(await opened({ path: "q.yml", key: "web" }), "1|https://x.example/a b;c|");
      for (const [asked, code] of [[{ key: "bad" }, "absent"], [{ text: "../other" }, "outside"]] as const) {
        equal((await served.post("/api/open", { path: "q.yml", ...asked })).error.code, code);
      }
    },
  ));
