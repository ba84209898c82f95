import type { Canvas } from "../../graph/canvas.ts";
import { boxHeight } from "../../graph/sizes.ts";
import { completed, type Place, placesFor } from "./layout.ts";

/** Where each box stands. */
type Places = ReadonlyMap<string, Place>;

/** Places that were worked out, for boxes that the file gives none. */
export class AutomaticPlaces {
  #places: Places = new Map();
  #working: Promise<unknown> = Promise.resolve();
  /** Heights of steps when their places were worked out first; none any more, once they were looked at again. */
  #heights: ReadonlyMap<string, number> | undefined;

  forget(): void {
    this.#places = new Map();
    this.#heights = undefined;
    this.#working = Promise.resolve();
  }

  /** All of them worked out anew. */
  async anew(canvas: Canvas): Promise<Places> {
    return this.#places = await placesFor(canvas);
  }

  /** With those that the file keeps; `undefined` while a box has none. */
  known(canvas: Canvas, kept: Places): Places | undefined {
    const isNew = canvas.boxes.some(({ id }) => !kept.has(id) && !this.#places.has(id));
    return isNew ? undefined : new Map([...this.#places, ...kept]);
  }

  /**
   * With places for boxes that have none, and those that the file keeps, which is asked again at the end: something newer
   * may be shown by then.
   */
  async completed(canvas: Canvas, stored: () => Places): Promise<Places> {
    const kept = stored();
    if (this.#places.size === 0) this.#heights = heightsOf(canvas);
    const working = this.#working = completed(canvas, this.#places, kept);
    this.#places = await working;
    return new Map([...this.#places, ...stored()]);
  }

  /**
   * The same once it is known what scripts declare: steps that have become higher for that get more room. Only the first
   * time, so that nothing jumps while somebody works with it; otherwise `undefined`.
   */
  async withRoom(canvas: Canvas, stored: () => Places): Promise<Places | undefined> {
    await this.#working;
    const [before, kept] = [this.#heights, stored()];
    const isHigher = ([id, height]: readonly [string, number]) => !kept.has(id) && height > (before?.get(id) ?? height);
    if (before === undefined || !heightsOf(canvas).entries().some(isHigher)) return undefined;
    this.#heights = undefined;
    const working = this.#working = completed(canvas, new Map(), kept);
    const places = await working;
    // Another pipeline may have been opened meanwhile.
    if (this.#working !== working) return undefined;
    return new Map([...this.#places = places, ...stored()]);
  }
}

function heightsOf({ boxes }: Canvas): ReadonlyMap<string, number> {
  return new Map(boxes.flatMap((box) => box.kind === "step" ? [[box.id, boxHeight(box)] as const] : []));
}
