/**
 * What happens, as it happens: server-sent events that are taken up where they broke off.
 *
 * @module
 */

import { takeToken } from "./client.ts";

/** Hears what happens, first that it began, and whether the server can be reached. */
export interface StreamListener {
  readonly onEvent: (type: string, data: unknown) => void;
  readonly onLink: (isUp: boolean) => void;
}

/** There is a server, but it does not know this page. */
class Refused extends Error {}

const RETRY_MS = [200, 500, 1000, 2000, 5000];

/** Listens until the page is gone. */
export async function listen(listener: StreamListener): Promise<never> {
  let lastId = "";
  let wasRefused = false;
  for (let failures = 0;; failures++) {
    let isRefused = false;
    try {
      await readStream(lastId, listener, (id) => {
        lastId = id;
        failures = 0;
      });
    } catch (error) {
      // The server is gone, or was started anew: either way it is asked again.
      isRefused = error instanceof Refused;
    }
    if (isRefused && !wasRefused) listener.onEvent("stranger", {});
    wasRefused = isRefused;
    listener.onLink(false);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]));
  }
}

async function readStream(lastId: string, { onEvent, onLink }: StreamListener, heard: (id: string) => void) {
  const headers = { authorization: `Bearer ${takeToken()}`, ...(lastId !== "" && { "last-event-id": lastId }) };
  const response = await fetch("/api/events", { headers });
  if (response.status === 401) throw new Refused();
  if (!response.ok || response.body === null) throw new Error(`The stream was refused: ${response.status}`);
  onLink(true);
  // What is asked for anew when something was missed was asked for a moment ago.
  let isFirst = lastId === "";
  let waiting = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (waiting + text).split("\n\n");
    waiting = blocks.pop()!;
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s, 2)));
      if (fields.id === undefined) continue;
      heard(fields.id);
      onEvent(isFirst && fields.event === "reset" ? "began" : fields.event, JSON.parse(fields.data));
      isFirst = false;
    }
  }
}
