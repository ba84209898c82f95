import { looksSecret } from "../../graph/display.ts";
import type { PointRecord, Scalar, TypedText } from "../../ports/store.ts";
import { Float, parseOverride, pyStr, type Value } from "../../yaml/value.ts";
import { HIDDEN } from "./details.ts";

/** Values by name. */
export type TypedTexts = Readonly<Record<string, TypedText>>;

/** A value as it is typed after `--set name=`: only a text with a point in it is read as a float. */
export function typed(value: Value): string {
  const text = pyStr(value);
  return value instanceof Float && !text.includes(".") ? text.replace(/^(-?\d+)e/, "$1.0e") : text;
}

/** Values as they are kept, those whose names look secret left out. */
export function recordedPoint(point: ReadonlyMap<string, Value>): TypedTexts {
  return Object.fromEntries([...point].map(([name, value]) => [name, recordedValue(name, value)]));
}

/** One of them. */
export function recordedValue(name: string, value: Value): TypedText {
  if (looksSecret(name)) return HIDDEN;
  if (value === null) return [null];
  return typeof value === "string" && parseOverride(value) !== value ? [value] : typed(value);
}

/** Values as they were. */
export function pointOf(point: TypedTexts): ReadonlyMap<string, Value> {
  return new Map(Object.entries(point).map(([name, value]) => [name, valueOf(value)]));
}

/** A value as it was. */
export function valueOf(value: TypedText): Value {
  return typeof value === "string" ? parseOverride(value) : value[0];
}

/** Values of a point that would be read back from what is kept of them as something else, as they may be typed. */
export function exactTexts(values: ReadonlyMap<string, Value>): TypedTexts | undefined {
  const isOther = (value: Value) => typeof value === "bigint" || (value instanceof Float && !isFraction(value.value));
  const texts = [...values].filter(([name, value]) => isOther(value) && !looksSecret(name));
  return texts.length === 0 ? undefined : recordedPoint(new Map(texts));
}

/** The values of a point as they were. */
export function valuesOfPoint({ values, exact }: Pick<PointRecord, "values" | "exact">): ReadonlyMap<string, Value> {
  const read = (kept: Scalar) => typeof kept === "number" && isFraction(kept) ? new Float(kept) : kept;
  const texts = pointOf(exact ?? {});
  return new Map(Object.entries(values).map(([name, kept]) => [name, texts.get(name) ?? read(kept)]));
}

function isFraction(value: number): boolean {
  return Number.isFinite(value) && !Number.isInteger(value);
}
