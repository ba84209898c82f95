/** A length of time in few characters: `0.4 s`, `12 s`, `3 min`, `2.1 h`. */
export function durationLabel(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(seconds < 0.095 ? 2 : 1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  if (seconds < 3570) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(seconds < 35_820 ? 1 : 0)} h`;
}
