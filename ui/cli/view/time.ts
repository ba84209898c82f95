/** An instant for people: `2026-07-03T12:00:19`, UTC. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}
