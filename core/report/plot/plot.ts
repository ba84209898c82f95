import type { Cell } from "../table/column.ts";

/** What runs along an axis. */
export interface Axis {
  readonly name: string;
  readonly kind: "number" | "time" | "category";
  readonly isLog: boolean;
}

/** One point of a picture. Categories are texts, all else numbers; time is UTC milliseconds. */
export interface Dot {
  readonly x: number | string;
  readonly y: number;
  /** The group it belongs to, by its text. */
  readonly color?: string;
}

/** What is drawn. */
export interface Plot {
  readonly x: Axis;
  readonly y: Axis;
  readonly color?: { readonly name: string; readonly groups: readonly string[] };
  readonly dots: readonly Dot[];
  /** Whether some x has several y in one group, so that a mean says something. */
  readonly hasMeans: boolean;
  /** Whether dots, or their means, follow each other and are joined. */
  readonly isJoined: boolean;
  /** How many rows are not drawn: they lack a number, or cannot stand on a logarithmic axis. */
  readonly left: number;
  /** Which columns were chosen where none was named. */
  readonly chosen: readonly string[];
}

/** What is asked for. */
export interface Plotting {
  readonly x?: string;
  readonly y?: string;
  readonly color?: string;
  readonly log?: readonly string[];
}

/** The group of dots without colours. */
export const ALONE = "";

/** Dots by group, groups in their order. */
export function groupsOf({ color, dots }: Plot): ReadonlyMap<string, readonly Dot[]> {
  const groups = new Map<string, Dot[]>((color?.groups ?? [ALONE]).map((group) => [group, []]));
  for (const dot of dots) groups.get(dot.color ?? ALONE)!.push(dot);
  return groups;
}

/** The mean of each x of a group, by x. */
export function meansOf(dots: readonly Dot[]): readonly Dot[] {
  const sums = new Map<number | string, { sum: number; count: number }>();
  for (const { x, y } of dots) {
    const known = sums.get(x) ?? { sum: 0, count: 0 };
    sums.set(x, { sum: known.sum + y, count: known.count + 1 });
  }
  const means = [...sums].map(([x, { sum, count }]) => ({ x, y: sum / count }));
  return means.sort((a, b) => typeof a.x === "number" && typeof b.x === "number" ? a.x - b.x : 0);
}

/** A cell as the text of a group or category. */
export function groupText(cell: Cell): string {
  return cell === undefined || cell === null ? "none" : String(cell);
}
