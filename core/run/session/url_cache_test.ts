import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { fakeNet, type FakePage } from "../../../tests/support/fake_net.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { localCopy, localPath } from "./url_cache.ts";

const url = "https://example.org/data/rows.csv?v=2";
const kept = "/w/.loom-url-cache/21a06c1b9b8c913f_rows.csv";

function setUp(pages: Record<string, FakePage>) {
  const files = memoryFiles({ "/w/p.yml": "" });
  const net = fakeNet(pages, files);
  const context = fakeContext({ files, net });
  const copy = (options: { refresh?: boolean; signal?: AbortSignal } = {}) =>
    localCopy(url, { baseDir: "/w", context, signal: new AbortController().signal, refresh: false, ...options });
  return { files, net, copy };
}

Deno.test("localPath() is named as the original names its copies", () => {
  const files = memoryFiles();
  const nameOf = (address: string) => localPath(address, { baseDir: "/w", files }).split("_").slice(1).join("_");
  equal(localPath(url, { baseDir: "/w", files }), kept);
  const names = {
    "http://h/a%20b.csv?x=/1#/f": "a%20b.csv",
    "http://h": "download",
    "http://h/?q": "download",
    "http://h/a/b/": "b",
    "http://h/a/.": "a",
    "http://h/x.csv;p=1": "x.csv",
    "http://h/ü.csv": "ü.csv",
  };
  for (const [address, name] of Object.entries(names)) equal(nameOf(address), name);
});

Deno.test("localPath() stays in its folder and within what a disk takes", () => {
  const files = memoryFiles();
  for (const name of ["..", "..\\..\\x", 'a:b*"<>|?', "\u0000", "ü".repeat(400) + ".csv"]) {
    const path = localPath(`http://h/${name}`, { baseDir: "/w", files });
    ok(/^\/w\/\.loom-url-cache\/[0-9a-f]{16}_[\p{L}\w.-]+$/u.test(path), path);
    ok(new TextEncoder().encode(path.split("/").at(-1)).length < 230);
  }
});

Deno.test("localCopy() downloads once and then uses the copy", async () => {
  const { files, net, copy } = setUp({ [url]: { body: "1,2" } });
  equal(await copy(), kept);
  equal(await copy(), kept);
  deepEqual([files.readText(kept), net.asked.length], ["1,2", 1]);
});

Deno.test("localCopy() downloads once for all who ask at the same time", async () => {
  const { net, copy } = setUp({ [url]: { body: "1,2" } });
  deepEqual(await Promise.all([copy(), copy(), copy()]), [kept, kept, kept]);
  equal(net.asked.length, 1);
});

Deno.test("localCopy() asks the server again only to refresh, and keeps what is unchanged", async () => {
  const pages = { [url]: { body: "old", etag: '"1"' } };
  const { files, net, copy } = setUp(pages);
  await copy();
  const before = files.stat(kept);
  await copy({ refresh: true });
  deepEqual([files.stat(kept), net.asked.length], [before, 2]);
  pages[url] = { body: "new", etag: '"2"' };
  await copy({ refresh: true });
  equal(files.readText(kept), "new");
  equal(files.readText(`${kept}.meta.json`), '{"etag":"\\"2\\""}\n');
});

Deno.test("localCopy() fetches anew when the copy is gone or its notes cannot be read", async () => {
  const { files, copy } = setUp({ [url]: { body: "text", etag: '"1"' } });
  await copy();
  files.remove(kept);
  await copy();
  equal(files.readText(kept), "text");
  files.write(`${kept}.meta.json`, "{");
  files.write(kept, "edited");
  await copy({ refresh: true });
  equal(files.readText(kept), "text");
});

Deno.test("localCopy() tells everyone who waits why a download failed, and tries again the next time", async () => {
  const pages: Record<string, FakePage> = {};
  const { copy } = setUp(pages);
  const both = [copy(), copy()];
  for (const one of both) await rejects(one, { code: "download-failed" });
  pages[url] = { body: "late" };
  equal(await copy(), kept);
});

Deno.test("localCopy() goes on for others when the first to ask gives up", async () => {
  const { net, copy } = setUp({ [url]: { body: "1,2" } });
  const first = copy({ signal: AbortSignal.abort(new Error("enough")) });
  const second = copy();
  await rejects(first, { message: "enough" });
  equal(await second, kept);
  equal(net.asked.length, 1);
});
