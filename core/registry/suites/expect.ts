/**
 * Checks for contract cases. They need nothing of the platform, and say what was seen.
 *
 * @module
 */

import type { ContractTools } from "./case.ts";

/** What a case throws when a promise is not kept. */
export class BrokenContract extends Error {
  override readonly name = "BrokenContract";
}

/** Longest time that a provider may take to answer in a case, milliseconds. */
const PATIENCE_MS = 60_000;

/** Longest text of a value in a message. */
const SHOWN = 300;

/** The promise is not kept. */
export function broken(message: string, cause?: unknown): never {
  throw new BrokenContract(message, { cause });
}

/** `message` says what is wrong if it does not hold. */
export function holds(condition: unknown, message: string): asserts condition {
  if (!condition) broken(message);
}

/** Both are the same through and through. A member that is `undefined` counts as absent. */
export function same(actual: unknown, expected: unknown, what: string): void {
  if (!isSame(actual, expected)) broken(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

/** The work fails with an error that has one of the codes, which is given. */
export async function refuses(work: () => unknown, codes: readonly string[], what: string): Promise<Error> {
  let value: unknown;
  try {
    value = await work();
  } catch (error) {
    holds(error instanceof Error, `${what}: threw ${show(error)}, which is no Error`);
    const code = "code" in error ? error.code : undefined;
    holds(
      codes.includes(String(code)),
      `${what}: expected an error ${codes.join(" or ")}, got ${code}: ${error.message}`,
    );
    return error;
  }
  broken(`${what}: expected an error ${codes.join(" or ")}, got ${show(value)}`);
}

/** The value, or a broken promise if it takes longer than a minute. */
export async function answered<T>(work: Promise<T>, tools: ContractTools, what: string): Promise<T> {
  const over = new AbortController();
  const late = tools.sleep(PATIENCE_MS, over.signal).then(() => broken(`${what}: no answer within a minute`));
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
    // The wait that was called off.
    late.catch(() => {});
  }
}

/** No planted secret appears in what `text` holds, wherever that is: a message, a cause, a value. */
export function keepsSecrets(value: unknown, tools: ContractTools, what: string): void {
  const text = everything(value);
  for (const [name, secret] of Object.entries(tools.secrets)) {
    if (text.includes(secret)) broken(`${what} holds the value of ${name}`);
  }
}

/** A value, short enough for a message. */
export function show(value: unknown): string {
  if (value === undefined) return "undefined";
  const text = value instanceof Error ? `${value.name}: ${value.message}` : JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function everything(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value) ?? "";
  const parts = [value.message, value.stack, JSON.stringify({ ...value }), everything(value.cause)];
  return parts.join("\n");
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [membersOf(a), membersOf(b)];
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && isSame(value, right.get(key)));
}

function membersOf(value: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
}
