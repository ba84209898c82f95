/**
 * What was really paid: a file to which each payment is appended before anything is told of it.
 *
 * @module
 */

/** Every payment costs this much. */
export const PRICE_USD = 0.01;

/** The same in nano-USD. */
export const PRICE_NANO = 10_000_000;

/** Pays: once this returns, no crash can undo it. */
export function pay(file: string, key: string): void {
  using bank = Deno.openSync(file, { append: true, create: true });
  // One write of a line: two processes never mix theirs.
  bank.writeSync(new TextEncoder().encode(`${key}\n`));
  bank.syncSync();
}

/** The keys of all payments, in their order. */
export function payments(file: string): readonly string[] {
  try {
    return Deno.readTextFileSync(file).split("\n").filter((line) => line !== "");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** How many payments were made more than once, each repetition counted. */
export function extraPayments(file: string): number {
  const all = payments(file);
  return all.length - new Set(all).size;
}
