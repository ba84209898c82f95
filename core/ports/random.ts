/** Randomness, from outside. */
export interface Random {
  /** Uniform in `[0, 1)`. */
  next(): number;
  /** A new id: `length` lower-case hexadecimal digits, unpredictable. */
  hex(length: number): string;
}
