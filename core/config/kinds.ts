/**
 * What the values of settings can be: how each kind is read from a file, from a text, and described to editors.
 *
 * @module
 */

import type { z } from "zod";
import { durationMs } from "../loop/base/duration.ts";
import type { Duration } from "../loop/types/mod.ts";

/** The part of zod that schemas are made with; handed in, so that reading settings does not load it. */
export type Zod = typeof z;

/** How a value is used once it is read: paths are made absolute, programs only where they are paths. */
export type Role = "plain" | "path" | "program";

/** One kind of value. */
export interface Kind<T> {
  /** In problems, after "expected". */
  readonly wants: string;
  readonly role: Role;
  /** Of what a file holds; `undefined` if it does not fit. */
  fromValue(value: unknown): T | undefined;
  /** Of a variable, an option or a word of the command line; `undefined` if it does not fit. */
  fromText(text: string): T | undefined;
  /** What `fromValue` takes. */
  schema(z: Zod): z.ZodType;
}

/** Any text but the empty one. */
export function text(wants = "a text", role: Role = "plain"): Kind<string> {
  const read = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value : undefined);
  return { wants, role, fromValue: read, fromText: read, schema: (z) => z.string().regex(/\S/) };
}

/** A file or folder. */
export function path(): Kind<string> {
  return text("a path", "path");
}

/** A program, by name or by path. */
export function program(): Kind<string> {
  return text("the name or the path of a program", "program");
}

/** An address of a service. */
export function url(): Kind<string> {
  const read = (value: unknown) => (typeof value === "string" && isHttp(value) ? value : undefined);
  const pattern = /^https?:\/\/[^\s/?#]/i;
  return {
    wants: "an address that starts with http:// or https://",
    role: "plain",
    fromValue: read,
    fromText: (text) => read(text.trim()),
    schema: (z) => z.string().regex(pattern),
  };
}

function isHttp(text: string): boolean {
  return /^https?:\/\/[^\s/?#]\S*$/i.test(text) && URL.canParse(text);
}

/** A whole number from `min` up. */
export function count(min: number): Kind<number> {
  return numeric(`a whole number of at least ${min}`, (value) => Number.isSafeInteger(value) && value >= min, (z) => {
    return z.int().min(min);
  });
}

/** A number from 0 to 1. */
export function share(): Kind<number> {
  return numeric("a number from 0 to 1", (value) => value >= 0 && value <= 1, (z) => z.number().min(0).max(1));
}

/** A number above 0. */
export function amount(): Kind<number> {
  return numeric("a number above 0", (value) => value > 0 && value < Infinity, (z) => z.number().positive());
}

function numeric(wants: string, fits: (value: number) => boolean, schema: Kind<number>["schema"]): Kind<number> {
  const fromValue = (value: unknown) => (typeof value === "number" && fits(value) ? value : undefined);
  return { wants, role: "plain", fromValue, fromText: (text) => fromValue(decimal(text)), schema };
}

/** What people write as a number. `Number` takes more: nothing at all, `0x10`, `Infinity`. */
function decimal(text: string): number {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : NaN;
}

/** A length of time: seconds, or a text such as `10m`. Kept as milliseconds. */
export function duration(): Kind<number> {
  const wants = 'a length of time such as "90s", "10m" or 90 (seconds)';
  return measure(wants, /^\d+(\.\d+)?(ms|s|m|h|d)$/, (text) => durationMs(text as Duration) ?? NaN, 1_000);
}

const UNIT_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** A size: bytes, or a text such as `2GiB`. Kept as bytes. */
export function size(): Kind<number> {
  return measure('a size such as "512MB", "2GiB" or 1048576 (bytes)', /^\d+(\.\d+)?([KMGT]i?)?B$/, (text) => {
    const [, number, unit] = /^([\d.]+)(\w+)$/.exec(text)!;
    return Number(number) * UNIT_BYTES[unit];
  }, 1);
}

/** Numbers count in `one`; texts are read by `read` if they fit `pattern`. Whole and above 0. */
function measure(wants: string, pattern: RegExp, read: (text: string) => number, one: number): Kind<number> {
  const inRange = (value: number) => {
    const whole = Math.round(value);
    return Number.isSafeInteger(whole) && whole > 0 ? whole : undefined;
  };
  const fromText = (text: string) => {
    const bare = text.trim();
    return inRange(pattern.test(bare) ? read(bare) : decimal(bare) * one);
  };
  const schema = (z: Zod) => z.union([z.number().positive(), z.string().regex(pattern)]);
  const fromValue = (value: unknown) => {
    if (typeof value === "number") return inRange(value * one);
    return typeof value === "string" && pattern.test(value) ? inRange(read(value)) : undefined;
  };
  return { wants, role: "plain", fromValue, fromText, schema };
}

/** A list of texts; in one text they are parted by commas. */
export function list(): Kind<readonly string[]> {
  const fits = (item: unknown): item is string => typeof item === "string" && item.trim() !== "";
  return {
    wants: "a list of texts",
    role: "plain",
    fromValue: (value) => (Array.isArray(value) && value.every(fits) ? [...value] : undefined),
    fromText: (text) => text.split(",").map((item) => item.trim()).filter((item) => item !== ""),
    schema: (z) => z.array(z.string().regex(/\S/)),
  };
}

/** Whether a variable that switches something says yes. */
export function isTruthy(text: string | undefined): boolean {
  return text !== undefined && /^(1|true|yes|on)$/i.test(text.trim());
}

/** Whether it says no. What says neither counts as no, and is told. */
export function isFalsy(text: string): boolean {
  return /^(0|false|no|off)$/i.test(text.trim());
}
