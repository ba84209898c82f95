/**
 * HTML and SVG as text. What comes from a run goes through {@linkcode text}, so that it never becomes markup.
 *
 * @module
 */

/** Text that stands in a page as it is, in attributes too. */
export function text(value: string | number): string {
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Attributes of an element; numbers are rounded to what a screen shows. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element. `inside` is markup. */
export function element(name: string, attributes: Attributes, inside = ""): string {
  const words = Object.entries(attributes).flatMap(([key, value]) => {
    return value === undefined ? [] : [` ${key}="${typeof value === "number" ? round(value) : text(value)}"`];
  });
  return `<${name}${words.join("")}>${inside}</${name}>`;
}

/** What a pointer that rests on it is told. */
export function tooltip(words: string): string {
  return element("title", {}, text(words));
}

/** Hundredths of a pixel are enough. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
