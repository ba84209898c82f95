import type { LoopEvent, LoopResult } from "./types/mod.ts";

/** A run as it goes on: its events, and what it gives in the end. */
export type LoopStream<S> = AsyncIterable<LoopEvent> & { readonly result: Promise<LoopResult<S>> };

/** Begins the work at once; events are kept until they are read. */
export function streamOf<S>(begin: (sink: (event: LoopEvent) => void) => Promise<LoopResult<S>>): LoopStream<S> {
  const events: LoopEvent[] = [];
  let isOver = false;
  let wake = () => {};
  const result = begin((event) => {
    events.push(event);
    wake();
  });
  const over = () => {
    isOver = true;
    wake();
  };
  result.then(over, over);
  return { result, [Symbol.asyncIterator]: read };

  async function* read(): AsyncGenerator<LoopEvent> {
    for (;;) {
      while (events.length > 0) yield events.shift()!;
      if (isOver) break;
      await new Promise<void>((resolve) => wake = resolve);
    }
    // A reader hears of misuse, too.
    await result;
  }
}
