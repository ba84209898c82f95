import type { Canvas } from "../../graph/canvas.ts";
import { completed, type Place, placesFor } from "./layout.ts";

/** Where each box stands. */
type Places = ReadonlyMap<string, Place>;

/** Places that were worked out, for boxes that the file gives none. */
export class AutomaticPlaces {
  #places: Places = new Map();

  forget(): void {
    this.#places = new Map();
  }

  /** All of them worked out anew. */
  async anew(canvas: Canvas): Promise<Places> {
    return this.#places = await placesFor(canvas);
  }

  /** With those that the file keeps, which is asked again at the end: something newer may be shown by then. */
  async with(canvas: Canvas, stored: () => Places): Promise<Places> {
    const kept = stored();
    const isNew = canvas.boxes.some(({ id }) => !kept.has(id) && !this.#places.has(id));
    if (!isNew) return new Map([...this.#places, ...kept]);
    this.#places = await completed(canvas, this.#places, kept);
    return new Map([...this.#places, ...stored()]);
  }
}
