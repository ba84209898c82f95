/**
 * The stream of a page: server-sent events, resumable by `Last-Event-ID`.
 *
 * @module
 */

import type { Hub, Told } from "./hub.ts";

/** What may wait for one page before it is cut off; it comes back and is told what it missed. */
const WAITING_BYTES = 4 * 1024 * 1024;

const BEAT_MS = 15_000;

const encoder = new TextEncoder();

/** The body of an answer that never ends. `lastId` is what the page heard last. */
export function eventStream(hub: Hub, lastId: string | undefined): ReadableStream<Uint8Array> {
  let stop = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const missed = missedBy(hub, lastId);
      write(
        missed === undefined ? resetText(hub) : missed.map((told) => eventText(hub, told)).join("") || ": here\n\n",
      );
      const unlisten = hub.listen((told) => {
        if ((controller.desiredSize ?? 0) < -WAITING_BYTES) return end();
        write(eventText(hub, told));
      });
      const beat = setInterval(() => write(": still here\n\n"), BEAT_MS);
      stop = () => (unlisten(), clearInterval(beat));
      const end = () => (stop(), controller.close());
    },
    cancel: () => stop(),
  }, { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 });
}

function missedBy(hub: Hub, lastId: string | undefined): readonly Told[] | undefined {
  const [, epoch, seq] = /^([0-9a-f]+)-(\d+)$/.exec(lastId ?? "") ?? [];
  return epoch === undefined ? undefined : hub.since(epoch, Number(seq));
}

/** Whoever hears this asks for everything anew. */
function resetText(hub: Hub): string {
  return eventText(hub, { seq: hub.last, type: "reset", data: "{}" });
}

function eventText({ epoch }: Hub, { seq, type, data }: Told): string {
  return `id: ${epoch}-${seq}\nevent: ${type}\ndata: ${data}\n\n`;
}
