/**
 * Which data can be looked into on the canvas: its box has room for that.
 *
 * @module
 */

import type { Box, Canvas } from "./canvas.ts";

/** What is known of a data entry on the disk. */
export interface ThereFact {
  readonly key: string;
  readonly path: string;
  readonly exists: string;
  readonly kind?: string;
  /** Of an address: a run has left a copy here. */
  readonly copied?: boolean;
}

/** Files of programs, in which a person sees nothing. */
const OPAQUE =
  /\.(npz?|npy|pkl|pickle|pth?|ckpt|safetensors|onnx|h5|hdf5|parquet|feather|arrow|bin|db|sqlite|gz|bz2|xz|zst|zip|tar|7z|so|exe|wasm|pdf|docx?|xlsx?)$/i;

/** Whether something could be seen in the file, if it is there; an address may never be copied here. */
export function canBeSeen(path: string): boolean {
  return path !== "" && !/^[a-z]+:\/\//i.test(path) && !OPAQUE.test(path);
}

/** Whether there is a file or folder here that can be opened; of an address its copy. */
export function isHere({ exists, kind, copied }: Pick<ThereFact, "exists" | "kind" | "copied">): boolean {
  return kind === "url" ? copied === true : exists === "exists";
}

/** Keys of the entries that can be looked into now. */
export function seenNow(facts: Iterable<ThereFact>): ReadonlySet<string> {
  const found = [...facts].filter((fact) =>
    isHere(fact) && (fact.kind === "folder" || !OPAQUE.test(fact.path.replace(/[?#].*$/, "")))
  );
  return new Set(found.map(({ key }) => key));
}

/** The canvas with room in the boxes of these entries; boxes that are as they were stay the same ones. */
export function withPreviews(canvas: Canvas, keys: ReadonlySet<string>): Canvas {
  const hasOne = ({ id, kind }: Box) => kind === "data" && keys.has(id.slice("data_".length));
  if (canvas.boxes.every((box) => hasOne(box) === (box.hasPreview === true))) return canvas;
  const boxes = canvas.boxes.map((box) => {
    const hasPreview = hasOne(box);
    return hasPreview === (box.hasPreview === true) ? box : { ...box, hasPreview };
  });
  return { ...canvas, boxes };
}
