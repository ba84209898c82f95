import { deepStrictEqual as deepEqual, notStrictEqual as notEqual, strictEqual as equal } from "node:assert/strict";
import { hostContext } from "../../../compose/context.ts";
import { fakeClock } from "../../../tests/support/fake_clock.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import type { Files } from "../../ports/files.ts";
import { ABSENT, Digester, type OnProgress } from "./digests.ts";
import type { DigestRecord, Digests } from "../../ports/store.ts";

/** A digester over a real folder whose clock can be set, and what it remembers. */
function setUp() {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "loom-digests-" }));
  const { files, clock } = hostContext();
  const rows = new Map<string, DigestRecord>();
  const store: Digests = {
    all: () => [...rows.values()],
    get: (path) => rows.get(path),
    put: (record) => void rows.set(record.path, record),
  };
  let reads = 0;
  const counting = { ...files, digest: (path: string) => (reads++, files.digest(path)) };
  let now = Date.now() + 10_000;
  const make = () => new Digester({ files: counting, clock: { ...clock, now: () => now } }, store);
  return {
    folder,
    make,
    write: (name: string, text: string) => Deno.writeTextFileSync(`${folder}/${name}`, text),
    reads: () => reads,
    setNow: (value: number) => now = value,
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}

Deno.test("Digester reads a file once, also across runs, while it does not change", async () => {
  using it = setUp();
  it.write("a", "one");
  const first = it.make();
  const digest = await first.digest(`${it.folder}/a`);
  equal(first.peek(`${it.folder}/a`), digest);
  first.save();
  equal(it.make().peek(`${it.folder}/a`), digest);
  equal(it.reads(), 1);
});

Deno.test("Digester asks the store for a path once, also in vain", async () => {
  const { files, clock } = hostContext();
  const asked: string[] = [];
  const store: Digests = { all: () => [], get: (path) => void asked.push(path), put: () => {} };
  const digester = new Digester({ files, clock }, store);
  const path = Deno.makeTempFileSync({ prefix: "loom-digests-" });
  equal(digester.peek(path), undefined);
  await digester.digest(path);
  digester.peek(path);
  Deno.removeSync(path);
  deepEqual(asked, [path]);
});

Deno.test("Digester notices another content of the same size", async () => {
  using it = setUp();
  it.write("a", "one");
  const digester = it.make();
  const before = await digester.digest(`${it.folder}/a`);
  it.write("a", "two");
  Deno.utimeSync(`${it.folder}/a`, new Date(), new Date(Date.now() + 1_000));
  notEqual(await digester.digest(`${it.folder}/a`), before);
});

Deno.test("Digester does not trust what it read within a tick of the last change", async () => {
  using it = setUp();
  it.write("a", "one");
  it.setNow(Deno.statSync(`${it.folder}/a`).mtime!.getTime() + 5);
  const digester = it.make();
  await digester.digest(`${it.folder}/a`);
  equal(digester.peek(`${it.folder}/a`), undefined);
});

Deno.test("Digester does not trust a digest from before the file, when the clock has jumped back", async () => {
  using it = setUp();
  it.write("a", "one");
  it.setNow(0);
  const digester = it.make();
  await digester.digest(`${it.folder}/a`);
  equal(digester.peek(`${it.folder}/a`), undefined);
});

Deno.test("Digester gives a folder one digest of its names and contents, whatever the order of listing", async () => {
  using it = setUp();
  for (const name of ["x", "y"]) Deno.mkdirSync(`${it.folder}/${name}`);
  for (const name of ["x/1", "x/2", "y/2", "y/1"]) it.write(name, name.slice(2));
  const digester = it.make();
  const digest = await digester.digest(`${it.folder}/x`);
  equal(await digester.digest(`${it.folder}/y`), digest);
  Deno.renameSync(`${it.folder}/y/1`, `${it.folder}/y/3`);
  notEqual(await digester.digest(`${it.folder}/y`), digest);
});

Deno.test("Digester survives links that lead in circles and says when there is nothing", async () => {
  using it = setUp();
  Deno.mkdirSync(`${it.folder}/x`);
  it.write("x/1", "1");
  Deno.symlinkSync("..", `${it.folder}/x/up`);
  const digester = it.make();
  equal((await digester.digest(`${it.folder}/x`)).length, 64);
  equal(await digester.digest(`${it.folder}/none`), ABSENT);
});

Deno.test("Digester tells how far it is in a large file, ten times a second at most, and at the end", async () => {
  const MEGABYTE = 1024 * 1024;
  const clock = fakeClock(Date.UTC(2026, 0, 1));
  const files = memoryFiles({ "/w/large": "" });
  const info = { ...files.stat("/w/large")!, sizeBytes: 100 * MEGABYTE };
  const slow: Files = {
    ...files,
    stat: () => info,
    digest: async (_path, { onBytes } = {}) => {
      for (let i = 0; i < 100; i++) {
        await clock.advance(30);
        onBytes?.(MEGABYTE);
      }
      return "0".repeat(64);
    },
  };
  const told: number[] = [];
  const onProgress: OnProgress = ({ done, total }) => void told.push(done / total);
  await new Digester({ files: slow, clock, onProgress }).digest("/w/large");
  equal(told.length <= 31 && told.length >= 25, true, String(told.length));
  equal(told.at(-1), 1);
});
