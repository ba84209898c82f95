import type { Faults } from "../base/faults.ts";

/** Notes a value that is no finite number from `least` to `most`. */
export function checkNumber(faults: Faults, value: unknown, where: string, range: { least: number; most?: number }) {
  const { least, most = Infinity } = range;
  if (typeof value === "number" && Number.isFinite(value) && value >= least && value <= most) return;
  const upTo = most === Infinity ? "" : ` to ${most}`;
  faults.add(`${where} must be a number from ${least}${upTo}, not ${shown(value)}`);
}

/** Notes a value that is no whole number from `least`; unlike `count()`, absent is wrong, too. */
export function checkCount(faults: Faults, value: unknown, where: string, least: number) {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  faults.add(`${where} must be a whole number from ${least}, not ${shown(value)}`);
}

/** Notes options that are no object, or have members that mean nothing. */
export function checkKeys(faults: Faults, options: unknown, known: readonly string[]) {
  if (typeof options !== "object" || options === null) {
    faults.add(`the options must be an object, not ${shown(options)}`);
  } else faults.unknownKeys(options, known, "");
}

/** Notes parts that do not do what the others expect of them. */
export function checkParts(faults: Faults, parts: readonly unknown[], what: string) {
  if (parts.length === 0) faults.add(`at least one ${what} is needed`);
  parts.forEach((part, index) => {
    const { observe } = (part ?? {}) as { observe?: unknown };
    if (typeof observe !== "function") faults.add(`argument ${index + 1} must be a ${what}, not ${shown(part)}`);
  });
}

function shown(value: unknown): string {
  return typeof value === "string" ? `'${value}'` : String(value);
}
