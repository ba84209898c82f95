/**
 * The least that a page can do about a file that changes: it is told, it fetches the text, it shows it.
 *
 * @module
 */

import { dirname } from "node:path";

/** A server of one page that shows a file. */
export interface FollowedText extends AsyncDisposable {
  readonly url: string;
}

const PAGE = `<!doctype html><meta charset="utf-8"><pre id="text"></pre><script>
const show = async () => document.getElementById("text").textContent = await (await fetch("/text")).text();
const events = new EventSource("/events");
events.onmessage = show;
events.onopen = () => globalThis.isListening = true;
show();
</script>`;

const encoder = new TextEncoder();

/** Serves it on this machine. */
export function followText(path: string): FollowedText {
  const watcher = Deno.watchFs(dirname(path));
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const watching = tellChanges(watcher, path, listeners);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/events") return new Response(streamTo(listeners), html("text/event-stream"));
    if (pathname === "/text") return new Response(await Deno.readTextFile(path), html("text/plain"));
    return new Response(PAGE, html("text/html"));
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    [Symbol.asyncDispose]: async () => {
      watcher.close();
      await watching;
      for (const listener of listeners) listener.close();
      await server.shutdown();
    },
  };
}

function html(type: string): ResponseInit {
  return { headers: { "content-type": type, "cache-control": "no-store" } };
}

function streamTo(listeners: Set<ReadableStreamDefaultController<Uint8Array>>): ReadableStream<Uint8Array> {
  let own: ReadableStreamDefaultController<Uint8Array>;
  return new ReadableStream({
    start: (controller) => {
      listeners.add(own = controller);
      controller.enqueue(encoder.encode(": here\n\n"));
    },
    cancel: () => void listeners.delete(own),
  });
}

async function tellChanges(
  watcher: Deno.FsWatcher,
  path: string,
  listeners: ReadonlySet<ReadableStreamDefaultController<Uint8Array>>,
): Promise<void> {
  for await (const { paths } of watcher) {
    if (!paths.includes(path)) continue;
    for (const listener of listeners) listener.enqueue(encoder.encode("data: changed\n\n"));
  }
}
