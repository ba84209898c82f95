/** A name that is not taken: `train`, else `train_2`, `train_3`, … */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, "");
  for (let number = 2;; number++) {
    if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`;
  }
}
