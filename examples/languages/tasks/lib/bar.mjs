/** Pixels for each degree, from 5 degrees on. */
const SCALE = 30;

export function bar(gauge, { lowest, highest }, row) {
  const [x, width, y] = [70 + (lowest - 5) * SCALE, (highest - lowest) * SCALE, 40 + 30 * row];
  return `  <text x="10" y="${y + 14}">${gauge}</text>
  <rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="18" fill="#2a6f97"/>
  <text x="${(x + width + 6).toFixed(1)}" y="${y + 14}">${lowest} to ${highest} °C</text>`;
}
