import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import type { Net } from "../../core/ports/net.ts";
import type { FileReader } from "../../core/ports/files.ts";

/** A net to try, with a server that answers under `base` and a folder to download into. */
export interface NetUnderTest extends AsyncDisposable {
  readonly net: Net;
  readonly files: FileReader;
  /** The server has `/page` (body `hello`, etag `"1"`) and nothing at `/absent`. */
  readonly base: string;
  readonly folder: string;
}

/** What every {@linkcode Net} keeps to. */
export function netContract(name: string, make: () => NetUnderTest): void {
  const timeoutMs = 5_000;
  const test = (sentence: string, body: (under: NetUnderTest) => Promise<void>) =>
    Deno.test(`${name}: ${sentence}`, async () => {
      await using under = make();
      await body(under);
    });

  test("download() puts the whole answer where it belongs, and says how to recognise it", async (under) => {
    const to = `${under.folder}/a`;
    const downloaded = await under.net.download(`${under.base}/page`, to, { timeoutMs });
    deepEqual(downloaded, { etag: '"1"', unchanged: false });
    equal(under.files.readText(to), "hello");
    deepEqual(under.files.list(under.folder).map((entry) => entry.name), ["a"]);
  });

  test("download() writes nothing when the copy is still good", async (under) => {
    const to = `${under.folder}/a`;
    const options = { timeoutMs, previous: { etag: '"1"' } };
    deepEqual(await under.net.download(`${under.base}/page`, to, options), { etag: '"1"', unchanged: true });
    deepEqual(under.files.list(under.folder), []);
  });

  test("download() names the address that failed, and leaves nothing", async (under) => {
    const failing = under.net.download(`${under.base}/absent`, `${under.folder}/a`, { timeoutMs });
    await rejects(failing, { code: "download-failed", message: /\/absent: the server answers 404/ });
    deepEqual(under.files.list(under.folder), []);
  });

  test("download() rejects with the reason of whoever aborts", async (under) => {
    const signal = AbortSignal.abort(new Error("enough"));
    const failing = under.net.download(`${under.base}/page`, `${under.folder}/a`, { timeoutMs, signal });
    await rejects(failing, { message: "enough" });
  });
}
