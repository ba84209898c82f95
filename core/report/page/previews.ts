import type { Files } from "../../ports/files.ts";
import { extension } from "../../paths.ts";
import { isLoomError } from "../../errors.ts";
import { parseCsv } from "../../run/metrics/csv.ts";
import type { Output } from "../outputs.ts";

/** What is shown of an output. */
export type Preview =
  | { readonly kind: "image"; readonly uri: string }
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[]; readonly more: number }
  | { readonly kind: "text"; readonly text: string; readonly isCut: boolean }
  | { readonly kind: "none"; readonly why?: string };

const MIB = 1024 * 1024;

/** Pictures are put into the page up to these sizes: each, and together. */
const MOST_IMAGE_BYTES = 2 * MIB;
const MOST_IMAGES_BYTES = 10 * MIB;

/** Longer files are not read. */
const MOST_TEXT_BYTES = 8 * MIB;

/** What is shown of a table and of a text. */
const ROWS = 10;
const COLUMNS = 20;
const LETTERS = 8_000;
const LINES = 60;
const CELL_LETTERS = 60;

const IMAGES: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

const TEXTS = new Set([".txt", ".md", ".log", ".yaml", ".yml", ".tex", ".toml", ".ini"]);

/** Looks into outputs, and keeps count of what goes into the page. */
export class Previews {
  readonly #files: Files;
  #imageBytes = 0;

  constructor(files: Files) {
    this.#files = files;
  }

  /** What of this one can be shown. */
  of({ absolute, kind, sizeBytes }: Output): Preview {
    const ending = extension(absolute).toLowerCase();
    if (kind !== "file") {
      return {
        kind: "none",
        why: kind === "directory" ? "a folder" : kind === "absent" ? "not there any more" : undefined,
      };
    }
    if (Object.hasOwn(IMAGES, ending)) return this.#image(absolute, sizeBytes, IMAGES[ending]);
    if (sizeBytes > MOST_TEXT_BYTES) return { kind: "none", why: "too long to show" };
    if (ending === ".csv" || ending === ".tsv") return this.#table(absolute);
    if (ending === ".json") return this.#json(absolute);
    return TEXTS.has(ending) ? cut(this.#text(absolute)) : { kind: "none" };
  }

  #image(path: string, sizeBytes: number, type: string): Preview {
    if (sizeBytes > MOST_IMAGE_BYTES) return { kind: "none", why: "a picture of more than 2 MiB" };
    if (this.#imageBytes + sizeBytes > MOST_IMAGES_BYTES) return { kind: "none", why: "more than 10 MiB of pictures" };
    const bytes = this.#files.readBytes(path);
    if (bytes === undefined) return { kind: "none", why: "not there any more" };
    this.#imageBytes += bytes.length;
    return { kind: "image", uri: dataUri(bytes, type) };
  }

  #table(path: string): Preview {
    const text = this.#text(path);
    try {
      const rows = parseCsv(text).map(({ cells }) =>
        cells.slice(0, COLUMNS).map((cell) => shorten(cell, CELL_LETTERS))
      );
      return { kind: "table", rows: rows.slice(0, ROWS + 1), more: Math.max(0, rows.length - ROWS - 1) };
    } catch (error) {
      // A table that is none, such as one that was written by halves, is still a text.
      if (!isLoomError(error)) throw error;
      return cut(text);
    }
  }

  #json(path: string): Preview {
    const text = this.#text(path);
    try {
      return cut(JSON.stringify(JSON.parse(text), null, 2));
    } catch (error) {
      // Python writes NaN and Infinity, which JSON does not have.
      if (!(error instanceof SyntaxError)) throw error;
      return cut(text);
    }
  }

  #text(path: string): string {
    return this.#files.readText(path) ?? "";
  }
}

function cut(text: string): Preview {
  const lines = text.slice(0, LETTERS).split("\n");
  const shown = lines.slice(0, LINES).join("\n").trimEnd();
  return { kind: "text", text: shown, isCut: shown.length < text.trimEnd().length };
}

function shorten(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

/** Bytes as an address that a page may hold. */
export function dataUri(bytes: Uint8Array, type: string): string {
  return `data:${type};base64,${bytes.toBase64()}`;
}
