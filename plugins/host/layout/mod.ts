import type { Layouter, LayoutQuestion, Placed } from "../../../core/ports/layout.ts";
import { elkGraph, type ElkNode, placedOf } from "./elk_graph.ts";
import { startElk } from "./elk_worker.ts";

/** The Eclipse Layout Kernel in a worker that may touch nothing, so that it can be stopped when it takes too long. */
export const hostLayouter: Layouter = { place };

type Options = Parameters<Layouter["place"]>[1];

async function place(question: LayoutQuestion, { timeoutMs, signal }: Options): Promise<Placed | undefined> {
  const answer = Promise.withResolvers<ElkNode | undefined>();
  const giveUp = () => answer.resolve(undefined);
  const worker = await startElk(giveUp);
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (data.id === LAYOUT) answer.resolve("data" in data ? data.data : undefined);
  };
  const timer = setTimeout(giveUp, timeoutMs);
  signal?.addEventListener("abort", giveUp, { once: true });
  if (signal?.aborted) giveUp();
  worker.postMessage({ id: REGISTER, cmd: "register", algorithms: ["layered"] });
  worker.postMessage({ id: LAYOUT, cmd: "layout", graph: elkGraph(question), layoutOptions: {}, options: {} });
  try {
    const placed = await answer.promise;
    return placed && placedOf(placed, question);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
    worker.terminate();
  }
}

const [REGISTER, LAYOUT] = [0, 1];

/** What it answers; without `data` it could not place this graph. */
type Answer = { readonly id: number; readonly data: ElkNode } | { readonly id: number; readonly error: unknown };
