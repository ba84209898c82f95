import { ticks } from "../../loop/look/page/frame.ts";
import { plainNumber } from "../table/text.ts";
import type { Axis } from "./plot.ts";

/** A number beside an axis, and where it stands. */
export interface Tick {
  /** From 0 to 1 along the axis. */
  readonly at: number;
  readonly value: number;
  readonly text: string;
}

/** From numbers to places. */
export interface Scale {
  /** From 0 to 1 along the axis. */
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
  /** The values at its ends. */
  readonly domain: readonly [low: number, high: number];
}

/** Room at both ends of an axis, as a share of it. */
const ROOM = 0.04;

/** Instants are marked in these steps, milliseconds. */
const MINUTE = 60_000;
const TIME_STEPS = [1, 5, 15, 30, 60, 180, 360, 720, 1440, 2880, 7 * 1440, 14 * 1440, 30 * 1440, 90 * 1440, 365 * 1440];

/** The scale of an axis that shows all of `values`, with about `count` ticks. */
export function scaleOf({ kind, isLog }: Axis, values: readonly number[], count: number): Scale {
  const seen = isLog ? values.map(Math.log10) : values;
  let [low, high] = [Infinity, -Infinity];
  for (const value of seen) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const room = (high - low) * ROOM || (isLog ? 0.5 : Math.abs(high) * 0.1 || 1);
  [low, high] = [low - room, high + room];
  const place = (value: number) => (value - low) / (high - low);
  const marked = kind === "time"
    ? timeTicks(low, high, count)
    : isLog
    ? logTicks(low, high, count)
    : lineTicks(low, high, count, values.every(Number.isInteger));
  return {
    place: isLog ? (value) => place(Math.log10(value)) : place,
    ticks: marked.map(([value, text]) => ({ at: place(value), value: isLog ? 10 ** value : value, text })),
    domain: isLog ? [10 ** low, 10 ** high] : [low, high],
  };
}

type Marked = readonly (readonly [place: number, text: string])[];

function lineTicks(low: number, high: number, count: number, isWhole: boolean): Marked {
  const all = ticks(low, high, count);
  const values = isWhole ? all.filter(Number.isInteger) : all;
  const decimals = Math.max(0, ...values.map((value) => decimalsOf(value)));
  const isPlain = decimals <= 6 && values.every((value) => Math.abs(value) < 1e7);
  return values.map((value) => [value, isPlain ? value.toFixed(decimals) : plainNumber(value)]);
}

function decimalsOf(value: number): number {
  return /\.(\d+)$/.exec(plainNumber(value))?.[1].length ?? 0;
}

/** Powers of ten; between them 2 and 5 where there are few, and of many every second or third. */
function logTicks(low: number, high: number, count: number): Marked {
  const span = Math.floor(high) - Math.ceil(low);
  const factors = span < 2 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((span + 1) / (count + 1)));
  const made: (readonly [number, string])[] = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    if (power % every !== 0) continue;
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`);
      if (Math.log10(value) >= low && Math.log10(value) <= high) made.push([Math.log10(value), powerText(value)]);
    }
  }
  return made;
}

function powerText(value: number): string {
  const text = value >= 1e5 || value < 1e-3 ? value.toExponential() : plainNumber(value);
  return text.replace("e+", "e");
}

function timeTicks(low: number, high: number, count: number): Marked {
  const step = MINUTE * (TIME_STEPS.find((it) => (high - low) / (it * MINUTE) <= count) ?? TIME_STEPS.at(-1)!);
  const made: (readonly [number, string])[] = [];
  const isDays = step >= 1440 * MINUTE;
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) {
    const text = new Date(at).toISOString();
    made.push([at, isDays ? text.slice(0, 10) : `${text.slice(5, 10)} ${text.slice(11, 16)}`]);
  }
  return made;
}
