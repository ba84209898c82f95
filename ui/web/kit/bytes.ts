/** How much that is, for people. */
export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let [at, amount] = [0, bytes];
  for (; amount >= 1000 && at < units.length - 1; at++) amount /= 1000;
  return `${at === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[at]}`;
}
