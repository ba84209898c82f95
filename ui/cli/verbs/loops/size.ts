const UNITS: Readonly<Record<string, number>> = { "": 0, K: 1, M: 2, G: 3, T: 4 };

/** `500M`, `1.5 GiB`, `800k` in bytes, each unit 1,024 of the one before; `undefined` if it is none. */
export function parseSize(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?$/i.exec(text) ?? [];
  return number === undefined ? undefined : Math.round(Number(number) * 1024 ** UNITS[unit.toUpperCase()]);
}
