import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Hub } from "../../ui/server/live/hub.ts";
import { eventStream } from "../../ui/server/live/stream.ts";

const EPOCH = "0123456789abcdef01234567";

/** Numbers of the events in a text, with their types. */
function told(text: string): readonly (readonly [seq: number, type: string])[] {
  return [...text.matchAll(/^id: [0-9a-f]+-(\d+)\nevent: (\w+)$/gm)].map(([, seq, type]) => [Number(seq), type]);
}

/** Reads until this many events came, then lets go. */
async function hear(stream: ReadableStream<Uint8Array>, count: number): Promise<string> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let text = "";
  while (told(text).length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

/** A server that gives out a hub's stream, as the real one does. */
async function serving(hub: Hub, work: (url: string) => Promise<void>): Promise<void> {
  const answer = (request: Request) => {
    const lastId = request.headers.get("last-event-id") ?? undefined;
    return new Response(eventStream(hub, lastId));
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  try {
    await work(`http://127.0.0.1:${server.addr.port}/`);
  } finally {
    hub.close();
    await server.shutdown();
  }
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let i = 0; !holds(); i++) {
    ok(i < 1000, what);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

Deno.test("a page that comes back is told what it missed, once; one that was away for too long looks anew", async () => {
  const hub = new Hub(EPOCH);
  for (let i = 1; i <= 5; i++) hub.tell("run", { i });
  const from = async (lastId: string | undefined, count: number) => told(await hear(eventStream(hub, lastId), count));
  deepEqual(await from(`${EPOCH}-3`, 2), [[4, "run"], [5, "run"]]);
  deepEqual(await from(undefined, 1), [[5, "reset"]]);
  deepEqual(await from("fedcba9876543210fedcba98-3", 1), [[5, "reset"]]);
  deepEqual(await from(`${EPOCH}-99`, 1), [[5, "reset"]]);
  for (const wrong of ["", "x", `${EPOCH}-`, `${EPOCH}--1`, `${EPOCH}-1e9`]) {
    deepEqual(await from(wrong, 1), [[5, "reset"]]);
  }
  const long = "x".repeat(1024 * 1024);
  for (let i = 0; i < 20; i++) hub.tell("run", { long });
  deepEqual(await from(`${EPOCH}-5`, 1), [[25, "reset"]]);
  equal((await from(`${EPOCH}-22`, 3)).length, 3);
  equal(hub.listeners, 0);
});

Deno.test("who reads slowly holds nobody up and takes no memory: nothing is put aside for one page alone", async () => {
  const hub = new Hub(EPOCH);
  const slow = Array.from({ length: 200 }, () => eventStream(hub, `${EPOCH}-0`).getReader());
  await Promise.all(slow.map((reader) => reader.read()));
  const before = memoryHeld();
  const piece = "x".repeat(64 * 1024);
  for (let i = 0; i < 2000; i++) hub.tell("run", { piece });
  const grown = memoryHeld() - before;
  ok(grown < 96 * 1024 * 1024, `${grown} bytes for 128 MiB told to 200 pages`);
  const next = await slow[0].read();
  deepEqual(told(new TextDecoder().decode(next.value)), [[2000, "reset"]]);
  await Promise.all(slow.map((reader) => reader.cancel()));
  equal(hub.listeners, 0);
});

/** Bytes that something still refers to. */
function memoryHeld(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

Deno.test("a thousand pages hear the same, and leave nothing behind when they go", async () => {
  const hub = new Hub(EPOCH);
  await serving(hub, async (url) => {
    const gone = new AbortController();
    const headers = { "last-event-id": `${EPOCH}-0` };
    const pages = await Promise.all(Array.from({ length: 1000 }, () => fetch(url, { headers, signal: gone.signal })));
    equal(hub.listeners, 1000);
    for (let i = 1; i <= 100; i++) hub.tell("run", { i });
    const texts = await Promise.all(pages.slice(0, 990).map((page) => hear(page.body!, 100)));
    const all = Array.from({ length: 100 }, (_, i) => [i + 1, "run"]);
    for (const text of texts) deepEqual(told(text), all);
    // Some just go away, without a word.
    gone.abort();
    await until(() => hub.listeners === 0, `${hub.listeners} pages are still listened to`);
  });
});

Deno.test("a stream that is opened and abandoned a thousand times leaves no listener", async () => {
  const hub = new Hub(EPOCH);
  await serving(hub, async (url) => {
    for (let i = 0; i < 1000; i += 100) {
      await Promise.all(Array.from({ length: 100 }, async () => {
        const gone = new AbortController();
        const page = await fetch(url, { signal: gone.signal });
        gone.abort();
        await page.body?.cancel().catch(() => "it was aborted: nothing is left to cancel");
      }));
    }
    await until(() => hub.listeners === 0, `${hub.listeners} of 1000 are still listened to`);
  });
});
