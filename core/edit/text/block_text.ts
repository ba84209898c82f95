/**
 * Texts of several lines, as blocks.
 *
 * @module
 */

/** How the block before it began, or how a new one should. */
export interface BlockHeader {
  readonly style: "literal" | "folded";
  /** What stands behind the mark on its line, such as a comment with the blanks before it. */
  readonly rest: string;
  /** Blanks before each line. */
  readonly indent: number;
  readonly lineBreak: string;
}

/** Whether a text can be a literal block: its lines must be visible ones, and the first must not start with a blank. */
export function isBlockSafe(text: string): boolean {
  return /^\S/.test(text) && !UNSEEN.test(text);
}

const UNSEEN = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** The block from its mark to the end of its last line, without that line's break. */
export function blockText(text: string, { style, rest, indent, lineBreak }: BlockHeader): string {
  const bare = text.replace(/\n+$/, "");
  const breaks = text.length - bare.length;
  const chomping = breaks === 0 ? "-" : breaks === 1 ? "" : "+";
  const pad = " ".repeat(indent);
  const lines = (style === "folded" ? folded(bare) : bare).split("\n").map((line) => line === "" ? "" : pad + line);
  const kept = breaks > 1 ? Array.from({ length: breaks - 1 }, () => "") : [];
  return [`${style === "folded" ? ">" : "|"}${chomping}${rest}`, ...lines, ...kept].join(lineBreak);
}

/** A line break is written as two: a folded block joins lines. Next to a line that starts with a blank none are joined. */
function folded(text: string): string {
  return text.replace(/([^\n]*)(\n+)(?=([^\n]*))/g, (_, line: string, breaks: string, next: string) => {
    const isJoined = !/^[ \t]/.test(line) && !/^[ \t]/.test(next);
    return line + breaks + (isJoined ? "\n" : "");
  });
}
