import { nearest, type Problem } from "../../errors.ts";
import { durationMs } from "./duration.ts";
import { LoopConfigError } from "./errors.ts";
import { toNano } from "./money.ts";

/** Everything that is wrong with what a person asks for, noted first and told at once. */
export class Faults {
  readonly #problems: Problem[] = [];

  /** `message` follows the place: `budget.usd must not be negative, not -1`. */
  add(message: string, hint?: string): void {
    this.#problems.push({ level: "error", code: "invalid-option", message, ...(hint !== undefined && { hint }) });
  }

  /** Keys that mean nothing, with the nearest that does. */
  unknownKeys(given: object, known: readonly string[], where: string): void {
    for (const key of Object.keys(given)) {
      if (known.includes(key)) continue;
      const near = nearest(key, known);
      const hint = near === undefined ? `known are ${known.join(", ")}` : `did you mean '${near}'?`;
      this.add(`${where === "" ? "" : `${where}.`}${key} is unknown`, hint);
    }
  }

  /** A whole number from `least`. */
  count(value: number | undefined, where: string, least = 0): number | undefined {
    if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return value;
    this.add(`${where} must be a whole number from ${least}, not ${String(value)}`);
    return undefined;
  }

  /** USD as nano-USD. */
  nano(usd: number | undefined, where: string): number | undefined {
    if (usd === undefined) return undefined;
    try {
      return toNano(usd);
    } catch (error) {
      this.add(`${where} cannot be ${String(usd)}: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Milliseconds; 0 after a fault. */
  duration(value: unknown, where: string): number {
    const ms = typeof value === "string" || typeof value === "number" ? durationMs(value) : undefined;
    if (ms === undefined) this.add(`${where} must be a duration, not ${show(value)}`, 'such as "30s", "1.5h" or 250');
    return ms ?? 0;
  }

  oneOf(value: unknown, known: readonly string[], where: string): void {
    if (!known.includes(value as string)) this.add(`${where} must be ${known.join(" or ")}, not ${show(value)}`);
  }

  /** A function, where there is anything. */
  function(value: unknown, where: string, isNeeded = false): void {
    if (typeof value === "function" || (value === undefined && !isNeeded)) return;
    this.add(`${where} must be a function, not ${show(value)}`);
  }

  /** @throws {LoopConfigError} If there was any. */
  throwIfAny(what: string): void {
    if (this.#problems.length === 0) return;
    const [first, ...others] = this.#problems;
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    throw new LoopConfigError(`${what}: ${first.message}${more}`, { hint: first.hint, problems: this.#problems });
  }
}

function show(value: unknown): string {
  return typeof value === "string" ? `'${value}'` : String(value);
}
