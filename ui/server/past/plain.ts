/** A value as it goes over the wire: the same, but nobody promises to leave it alone. */
export type Plain<T> = T extends readonly (infer U)[] ? Plain<U>[]
  : T extends object ? { -readonly [K in keyof T]: Plain<T[K]> }
  : T;

/** The value, for an answer. */
export function plain<T>(value: T): Plain<T> {
  return value as Plain<T>;
}

/** Anything that JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Objects whose members another file describes. */
export function documents(values: readonly object[]): { [name: string]: Json }[] {
  return values as unknown as { [name: string]: Json }[];
}
