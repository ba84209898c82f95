/**
 * What the canvas knows for a moment: a box on its way, a line that is drawn, what is open above it.
 *
 * @module
 */

import { createContext, useContext, useSyncExternalStore } from "react";
import type { Point } from "../../graph/sizes.ts";
import { Store } from "../../graph/store.ts";
import type { LineStart } from "./argument_box.tsx";

/** Something open above the canvas, with its place on the screen. */
export type Popup =
  | { readonly kind: "hotbox"; readonly at: Point }
  | { readonly kind: "menu"; readonly at: Point; readonly group?: string; readonly line?: string }
  | { readonly kind: "connect"; readonly at: Point; readonly box: string; readonly isMore?: boolean }
  | { readonly kind: "argument"; readonly at: Point; readonly box: string; readonly from: LineStart }
  | { readonly kind: "ask"; readonly at: Point; readonly title: string; readonly value: string; readonly done: Done };

type Done = (value: string) => void;

/** All of it. */
export class CanvasState {
  /** Where boxes are that are being moved. */
  readonly live: Store<ReadonlyMap<string, Point>> = new Store(new Map());
  /** Ends that the line which is drawn could have, as `BOX|HANDLE`; none is drawn without. */
  readonly fits: Store<ReadonlySet<string> | undefined> = new Store<ReadonlySet<string> | undefined>(undefined);
  readonly popup: Store<Popup | undefined> = new Store<Popup | undefined>(undefined);
  /** Words near the pointer. */
  readonly note: Store<{ readonly text: string; readonly at: Point } | undefined> = new Store<
    { readonly text: string; readonly at: Point } | undefined
  >(undefined);
  /** Lines that are selected. */
  readonly lines: Store<ReadonlySet<string>> = new Store<ReadonlySet<string>>(new Set());
  /** The box under the pointer, on a canvas whose boxes are painted. */
  readonly hovered: Store<string | undefined> = new Store<string | undefined>(undefined);
  /** Where on the screen the pointer was last; nowhere, if it is not above the canvas. */
  pointer: Point | undefined;
  /** The last that a person did was to go from place to place by keys: Tab leads on, where the pointer rests or not. */
  isByKeys = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says something where the hand is, for a while. */
  say(text: string, at = this.pointer): void {
    clearTimeout(this.#timer);
    if (at === undefined) return;
    this.note.set({ text, at });
    this.#timer = setTimeout(() => this.note.set(undefined), NOTE_MS);
  }

  /** Nothing is said any more. */
  hush(): void {
    clearTimeout(this.#timer);
    this.note.set(undefined);
  }
}

const NOTE_MS = 5_000;

/** The one of this canvas. */
export const CanvasContext = createContext<CanvasState | undefined>(undefined);

/** The one of this canvas. */
export function useCanvasState(): CanvasState {
  const state = useContext(CanvasContext);
  if (state === undefined) throw new Error("There is no canvas around this view");
  return state;
}

/** What a store holds, or a part of it; the view is drawn again when that is another thing. */
export function useHeld<T, P = T>(store: Store<T>, part: (value: T) => P = (value) => value as unknown as P): P {
  return useSyncExternalStore(store.subscribe, () => part(store.get()));
}
