/** A run that tells an OpenTelemetry collector of itself while it goes on, if one is named. */

import { loop, otlpListeners, type OtlpTraces, otlpTraces, sqliteStore } from "@loom/loom";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const store = sqliteStore(fileURLToPath(new URL(".loom/loom.db", import.meta.url)));

/** Nothing is sent unless this says where to; it is the variable that OpenTelemetry's own tools read. */
const endpoint = Deno.env.get("OTEL_EXPORTER_OTLP_ENDPOINT");

const requests: Promise<number>[] = [];

/** Listeners cannot wait: requests are collected here and waited for at the end. */
function send(traces: OtlpTraces): void {
  const url = `${endpoint?.replace(/\/$/, "")}/v1/traces`;
  const headers = { "content-type": "application/json" };
  const request = fetch(url, { method: "POST", headers, body: JSON.stringify(traces) });
  requests.push(request.then(async (response) => {
    await response.body?.cancel();
    return response.status;
  }, () => 0)); // 0: nobody answers. A collector that is down does not stop a run.
}

const counter = loop({
  name: "counter",
  state: z.object({ count: z.number() }),
  checkpoint: store,
  budget: { usd: 1, iterations: 3 },
  on: endpoint === undefined ? {} : otlpListeners(send),
  step: (state, ctx) => {
    ctx.spend({ usd: 0.01, tokens: 120 });
    return { count: state.count + 1 };
  },
});

const { runId, spent } = await counter.run({ count: 0 });
const accepted = (await Promise.all(requests)).filter((status) => status === 200).length;
console.log(`run ${runId} spent $${spent.usd}`);
console.log(`${requests.length} spans sent while it went on, ${accepted} accepted`);

// What is stored can be told later, too, with the same ids: here as it would be sent.
const { resourceSpans: [{ scopeSpans: [{ spans }] }] } = await otlpTraces(store, runId);
for (const { name, spanId } of spans) console.log(`${name} ${spanId}`);
await store.close();
