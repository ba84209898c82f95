import type { Value } from "../../../core/graph/text/mod.ts";
import { Float } from "../../../core/graph/text/mod.ts";
import type { Place } from "./layout.ts";

/** The places in `layout:` of a file, by the ids of boxes. */
export function storedPlaces(value: Value): ReadonlyMap<string, Place> {
  const layout = value instanceof Map ? value.get("layout") : undefined;
  if (!(layout instanceof Map)) return new Map();
  const places = [...layout].flatMap(([id, at]): (readonly [string, Place])[] => {
    const [x, y] = at instanceof Map ? [numberOf(at.get("x")), numberOf(at.get("y"))] : [];
    return typeof id === "string" && x !== undefined && y !== undefined ? [[id, { x, y }]] : [];
  });
  return new Map(places);
}

function numberOf(value: Value | undefined): number | undefined {
  const number = value instanceof Float ? value.value : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
