/** Kinds of options, for the tables of flags. */

/** A switch. */
export function yes(brief: string) {
  return { kind: "boolean", optional: true, withNegated: false, brief } as const;
}

/** One word. */
export function text(placeholder: string, brief: string) {
  return { kind: "parsed", parse: String, optional: true, placeholder, brief } as const;
}

/** One word or more. */
export function texts(placeholder: string, brief: string) {
  return { kind: "parsed", parse: String, optional: true, variadic: true, placeholder, brief } as const;
}

/** A count of things: an integer, 0 or more. */
export function parseCount(input: string): number {
  if (!/^\d+$/.test(input)) throw new RangeError("expected a whole number, 0 or more");
  return Number(input);
}

/** One word that is a count of things. */
export function count(placeholder: string, brief: string) {
  return { kind: "parsed", parse: parseCount, optional: true, placeholder, brief } as const;
}
