import type { LoopHost } from "../../ports/loop_host.ts";
import type { LoopLease, LoopStore } from "../../ports/loop_store.ts";
import { errorText } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { Definition } from "../definition/definition.ts";
import type { KeptBreakers } from "../drive/breakers.ts";
import type { Around, Drive } from "../drive/drive.ts";
import type { Inside } from "../step/inside.ts";
import type { LoopEvent } from "../types/mod.ts";

/** What runs of one loop have in common. */
export interface Engine<S> {
  readonly definition: Definition<S>;
  readonly host: LoopHost;
  readonly store: LoopStore;
  readonly breakers: KeptBreakers;
  readonly sink?: (event: LoopEvent) => void;
}

/** Gives the lease back if the work fails, so that the run can be resumed at once. The failure is what is told. */
export function* holding<S, T>({ store, host }: Engine<S>, lease: LoopLease, work: () => Flow<T>): Flow<T> {
  try {
    return yield* work();
  } catch (error) {
    try {
      yield* wait(store.release(lease));
    } catch (second) {
      host.report(`The lease of run ${lease.run} could not be given back: ${errorText(second)}`);
    }
    throw error;
  }
}

/** How a child hangs on the step that called it. `spentNano`: what it had spent before. */
export function aroundOf({ frame }: Inside<unknown>, spentNano: number): Around {
  const drive: Drive<unknown> = frame.drive;
  return {
    drive,
    place: frame.place,
    held: frame.held,
    noteChild: (nano, paused) => {
      frame.childNano += nano - spentNano;
      if (paused !== undefined) frame.paused = paused;
    },
  };
}
