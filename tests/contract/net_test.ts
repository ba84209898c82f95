import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { hostFiles } from "../../plugins/host/files/mod.ts";
import { hostNet } from "../../plugins/host/net.ts";
import { fakeNet } from "../support/fake_net.ts";
import { memoryFiles } from "../support/memory_files.ts";
import { netContract, type NetUnderTest } from "./net_contract.ts";
import { temporaryFolder } from "./temporary.ts";

netContract("hostNet", host);
netContract("fakeNet()", () => {
  const files = memoryFiles();
  files.makeDirectory("/w");
  const net = fakeNet({ "http://fake/page": { body: "hello", etag: '"1"' } }, files);
  return { net, files, base: "http://fake", folder: "/w", [Symbol.asyncDispose]: () => Promise.resolve() };
});

function host(): NetUnderTest {
  const { path: folder, [Symbol.dispose]: removeFolder } = temporaryFolder();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  return {
    net: hostNet,
    files: hostFiles,
    base: `http://127.0.0.1:${server.addr.port}`,
    folder,
    [Symbol.asyncDispose]: async () => {
      await server.shutdown();
      removeFolder();
    },
  };
}

function answer(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (pathname === "/moved") return new Response(null, { status: 302, headers: { location: "/page" } });
  if (pathname === "/silent") return new Response(endless(0));
  if (pathname === "/slow") return new Response(endless(8));
  if (pathname === "/broken") return new Response("short", { headers: { "content-length": "500" } });
  if (pathname !== "/page") return new Response("no", { status: 404, statusText: "Not Found" });
  const headers = { etag: '"1"' };
  const known = request.headers.get("if-none-match") === '"1"';
  return known ? new Response(null, { status: 304, headers }) : new Response("hello", { headers });
}

/** A body that begins, goes on every 50 ms for so many pieces, and ends only if there are some. */
function endless(pieces: number): ReadableStream<Uint8Array> {
  let timer: ReturnType<typeof setInterval> | undefined;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("begin"));
      if (pieces === 0) return;
      timer = setInterval(() => {
        controller.enqueue(new TextEncoder().encode("."));
        if (--pieces > 0) return;
        clearInterval(timer);
        controller.close();
      }, 50);
    },
    cancel: () => clearInterval(timer),
  });
}

Deno.test("hostNet.download() follows redirects", async () => {
  await using under = host();
  await hostNet.download(`${under.base}/moved`, `${under.folder}/a`, { timeoutMs: 5_000 });
  equal(hostFiles.readText(`${under.folder}/a`), "hello");
});

Deno.test("hostNet.download() gives up a server that falls silent, but not one that is slow", async () => {
  await using under = host();
  const silent = hostNet.download(`${under.base}/silent`, `${under.folder}/a`, { timeoutMs: 100 });
  await rejects(silent, { code: "download-failed", message: /no answer for 0.1 s/, retryable: true });
  deepEqual(hostFiles.list(under.folder), []);
  await hostNet.download(`${under.base}/slow`, `${under.folder}/b`, { timeoutMs: 200 });
  equal(hostFiles.readText(`${under.folder}/b`), "begin........");
});

Deno.test("hostNet.download() stops in the middle when the signal aborts", async () => {
  await using under = host();
  const control = new AbortController();
  const stopped = hostNet.download(`${under.base}/silent`, `${under.folder}/a`, {
    timeoutMs: 60_000,
    signal: control.signal,
  });
  setTimeout(() => control.abort(new Error("enough")), 30);
  await rejects(stopped, { message: "enough" });
  deepEqual(hostFiles.list(under.folder), []);
});

Deno.test("hostNet.download() says when nobody answers, and when the disk refuses", async () => {
  await using under = host();
  const nobody = hostNet.download("http://127.0.0.1:9/x", `${under.folder}/a`, { timeoutMs: 5_000 });
  await rejects(nobody, { code: "download-failed", message: /127\.0\.0\.1:9/ });
  const nowhere = hostNet.download(`${under.base}/page`, `${under.folder}/absent/a`, { timeoutMs: 5_000 });
  await rejects(nowhere, { code: "not-found" });
});
