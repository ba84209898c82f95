/** Rows of comma-separated values, or of another mark; quotes as RFC 4180 has them. */
export function parseDelimited(text: string, mark: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [cell, end] = text[at] === '"' ? quoted(text, at + 1) : plain(text, at, mark);
    row.push(cell);
    at = end;
    if (text[at] === mark && at < text.length) {
      at++;
      if (at < text.length && text[at] !== "\n" && text[at] !== "\r") continue;
      row.push("");
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    rows.push(row);
    row = [];
  }
  return rows;
}

function plain(text: string, from: number, mark: string): readonly [cell: string, end: number] {
  let at = from;
  while (at < text.length && text[at] !== mark && text[at] !== "\n" && text[at] !== "\r") at++;
  return [text.slice(from, at), at];
}

function quoted(text: string, from: number): readonly [cell: string, end: number] {
  let cell = "";
  for (let at = from;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return [cell + text.slice(at), text.length];
    cell += text.slice(at, end);
    if (text[end + 1] !== '"') return [cell, end + 1];
    cell += '"';
    at = end + 2;
  }
}
