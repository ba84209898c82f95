/** Where the boxes and lines of a drawing go. Lengths are in pixels, `y` grows downwards. */

/** A box of a known size. */
export interface LayoutBox {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Id of the frame that it lies in. */
  readonly frame?: string;
}

/** A frame around boxes; as large as it must be. */
export interface LayoutFrame {
  readonly id: string;
  readonly frame?: string;
  /** Room for its heading, above what is in it. */
  readonly headHeight: number;
  readonly minWidth: number;
}

/** A line from one box to another. */
export interface LayoutLine {
  readonly source: string;
  readonly target: string;
  /** Size of what is written on it. */
  readonly label?: { readonly width: number; readonly height: number };
  /** Whether it leads back, against the direction of the others. */
  readonly isBack: boolean;
}

/** What is to be placed. Ids are unique; frames come before what lies in them. */
export interface LayoutQuestion {
  readonly boxes: readonly LayoutBox[];
  readonly frames: readonly LayoutFrame[];
  readonly lines: readonly LayoutLine[];
  readonly direction: "right" | "down";
}

/** A place. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place with a size; the point is its upper left corner. */
export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where a line goes. */
export interface PlacedLine {
  /** At least two: where it begins, where it turns, where it ends. */
  readonly points: readonly Point[];
  /** Upper left corner of what is written on it. */
  readonly label?: Point;
  /** Whether the points in the middle are those of Bézier curves, two for each piece, instead of corners. */
  readonly isCurve?: boolean;
}

/** Where everything goes. */
export interface Placed {
  /** By id. */
  readonly boxes: ReadonlyMap<string, Area>;
  /** By id. */
  readonly frames: ReadonlyMap<string, Area>;
  /** In the order of the question. */
  readonly lines: readonly PlacedLine[];
}

/** Finds places. */
export interface Layouter {
  /** Where everything goes; `undefined` if that was not found in time. */
  place(
    question: LayoutQuestion,
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<Placed | undefined>;
}
