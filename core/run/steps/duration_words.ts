const UNITS = [["d", 86_400_000], ["h", 3_600_000], ["m", 60_000], ["s", 1_000]] as const;

/** A length of time as it may be written in a pipeline: `1m30s`, `2h`, `0.5s`. `ms` is at least 0. */
export function durationWords(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms) / 1000}s`;
  let left = Math.round(ms / 1000) * 1000;
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? "" : `${count}${unit}`;
  });
  return parts.join("");
}
