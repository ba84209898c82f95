import type { LoopHost } from "../../ports/loop_host.ts";
import type { LoopStore } from "../../ports/loop_store.ts";
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
