/**
 * Reads the text of the open file. One in which boxes were only moved since the last is known without reading.
 *
 * @module
 */

import { type PipelineText, readPipelineText } from "../../../core/graph/text/mod.ts";
import type { Canvas } from "../../graph/canvas.ts";
import type { Gesture } from "../../graph/gesture.ts";
import { movedIn } from "../../graph/moved.ts";
import type { AppState } from "./app_state.ts";

/** What made a text of the one before it. */
interface Made {
  readonly from: string;
  readonly edits: Gesture["edits"];
}

/** How a text comes to be shown. */
export interface Showing {
  /** It is read when no other comes for so long. */
  readonly pauseMs?: number;
  /** What is selected afterwards. */
  readonly select?: Gesture["select"];
  readonly made?: Made;
}

/** Remembers what it read last. */
export class Reader {
  #last?: PipelineText & { readonly text: string };

  /** What a text says; with the canvas of before, where that is the same. */
  async read(
    text: string,
    file: string,
    { made, state }: { readonly made?: Made; readonly state: AppState },
  ): Promise<PipelineText & { readonly canvas?: Canvas }> {
    const moved = made && this.#moved(made, state);
    const read = moved ?? await readPipelineText(text, file);
    this.#last = { ...read, text };
    return moved === undefined ? read : { ...moved, canvas: state.canvas };
  }

  /** Lines of problems would have to be counted anew: with any, the text is read. */
  #moved({ from, edits }: Made, { pipeline, canvas }: AppState): PipelineText | undefined {
    const last = this.#last;
    if (last === undefined || last.text !== from || last.pipeline !== pipeline || last.problems.length > 0) return;
    const value = movedIn(last.value, edits, canvas);
    return value === undefined ? undefined : { ...last, value };
  }
}
