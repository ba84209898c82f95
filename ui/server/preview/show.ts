/**
 * A part of a file as it is shown: lines, rows, or where to fetch it from.
 *
 * @module
 */

import type { z } from "@hono/zod-openapi";
import type { Context } from "../../../core/context.ts";
import { basename } from "../../../core/graph/mod.ts";
import type { PreviewSchema } from "../schemas/previews.ts";
import type { Source } from "../parts/source.ts";
import { kindOf } from "./kind.ts";
import { headOf, openFile } from "./open.ts";
import { MOST_PRETTY_BYTES, prettyJson } from "./pretty.ts";
import { newIndex, readRecords, type RecordIndex, type RecordPage } from "./records.ts";
import { cellsOf, isData, separatorOf } from "./table.ts";

/** What is asked for. */
export interface ShowOptions {
  readonly offset: number;
  readonly limit: number;
  /** Letters of a line or cell. */
  readonly columns: number;
  /** Where the bytes of an image or video can be had. */
  readonly rawUrl: (media: string) => string;
}

type Preview = z.infer<typeof PreviewSchema>;

const HEAD_BYTES = 8192;
/** So many lines are what a canvas shows: for them a file is not read far. */
const FEW = 20;
const FEW_BUDGET = 256 * 1024;
const BUDGET = 8 * 1024 * 1024 * 1024;
/** Longer files are not counted. */
const COUNTED_BYTES = 16 * 1024 * 1024;
const MOST_CELLS = 500;

/** A larger image would stop the page for seconds. */
const MOST_IMAGE_BYTES = 64 * 1024 * 1024;

/** Shows a file; `undefined` if there is no way to. */
export async function show(source: Source, options: ShowOptions, context: Context): Promise<Preview | undefined> {
  using file = await openFile(source, context);
  const size = source.info.sizeBytes;
  const name = basename(source.real);
  const { kind, media } = kindOf(name, source.type, await headOf(file, HEAD_BYTES));
  if (kind === "binary") return undefined;
  if (kind === "image" && size > MOST_IMAGE_BYTES) return tooLarge(size);
  if (kind === "image" || kind === "video") return { kind, media, size, url: options.rawUrl(media) };
  if (kind === "json" && size <= MOST_PRETTY_BYTES) return await showJson(file, size, options);
  const showing = { file, source, options, isQuoted: kind === "table" };
  return kind === "table" ? await showTable(showing, name) : { kind, pretty: false, ...await showLines(showing) };
}

function tooLarge(size: number): Preview {
  const line = `This image has ${Math.round(size / 1e6)} MB, too many to show it here: open it outside`;
  return { kind: "text", pretty: false, lines: [line], size, offset: 0, total: 1, truncated: false };
}

interface Showing {
  readonly file: Deno.FsFile;
  readonly source: Source;
  readonly options: ShowOptions;
  readonly isQuoted: boolean;
}

async function showLines(showing: Showing) {
  const read = await readPage(showing, showing.options);
  const { columns } = showing.options;
  const lines = read.page.records.map(({ bytes, isCut }) => cutText(decode(bytes), columns, isCut));
  return { ...about(showing, read, 0, lines), lines };
}

async function showTable(showing: Showing, name: string): Promise<Preview> {
  const { offset, limit, columns: most } = showing.options;
  // The first row names the columns, and stands above each page; if there are no names, columns have numbers.
  const { page: { records: [first] } } = await readPage(showing, { offset: 0, limit: 1 });
  const header = first === undefined ? "" : decode(first.bytes).replace(/^\uFEFF/, "");
  const separator = separatorOf(header, name);
  const row = (text: string, isCut: boolean) => {
    const cells = cellsOf(text, separator).slice(0, MOST_CELLS);
    return cells.map((cell, at) => cutText(cell, most, isCut && at === cells.length - 1));
  };
  const names = first === undefined ? [] : row(header, first.isCut);
  const [above, columns] = isData(names) ? [0, names.map((_, at) => String(at + 1))] : [1, names];
  const read = await readPage(showing, { offset: offset + above, limit });
  const rows = read.page.records.map(({ bytes, isCut }, at) =>
    row(offset + above + at === 0 ? header : decode(bytes), isCut)
  );
  return { kind: "table", ...about(showing, read, above, [columns, ...rows].flat()), columns, rows };
}

async function showJson(file: Deno.FsFile, size: number, { offset, limit, columns }: ShowOptions): Promise<Preview> {
  await file.seek(0, Deno.SeekMode.Start);
  const lines = prettyJson(decode(await headOf(file, size)).replace(/^\uFEFF/, "")).split("\n");
  const shown = lines.slice(offset, offset + limit).map((line) => cutText(line, columns, false));
  const truncated = offset + shown.length < lines.length || shown.some((line) => line.endsWith(CUT));
  return { kind: "json", pretty: true, size, offset, lines: shown, total: lines.length, truncated };
}

/** Records, and what is known of all of them. */
interface Read {
  readonly page: RecordPage;
  readonly index: RecordIndex;
}

async function readPage(
  { file, source, options, isQuoted }: Showing,
  { offset, limit }: { offset: number; limit: number },
) {
  const index = indexOf(source, isQuoted);
  const { sizeBytes } = source.info;
  const isFew = offset === 0 && limit <= FEW;
  const page = await readRecords(file, index, {
    offset,
    limit,
    sizeBytes,
    isQuoted,
    // A letter has up to four bytes; a row has several cells.
    maxBytes: isQuoted ? 64 * 1024 : options.columns * 4 + 4,
    budgetBytes: isFew || offset === 1 && limit <= FEW ? FEW_BUDGET : BUDGET,
    countAll: index.total === undefined && sizeBytes <= COUNTED_BYTES,
  });
  return { page, index };
}

/** `above`: records that stand above each page. */
function about({ source: { info }, options }: Showing, { page, index }: Read, above: number, texts: readonly string[]) {
  const total = index.total === undefined ? undefined : Math.max(0, index.total - above);
  const isMore = total === undefined ? !page.isEnd : options.offset + page.records.length < total;
  const truncated = isMore || texts.some((text) => text.endsWith(CUT));
  return { size: info.sizeBytes, offset: options.offset, total, truncated };
}

/** Stands where something was cut off. */
const CUT = "…";

function cutText(text: string, columns: number, isCut: boolean): string {
  if (text.length <= columns) return isCut ? text + CUT : text;
  // Not through the middle of a letter of two halves.
  const end = /[\uD800-\uDBFF]/.test(text[columns - 1]) ? columns - 1 : columns;
  return text.slice(0, end) + CUT;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

const indexes = new Map<string, RecordIndex>();
const MOST_INDEXES = 32;

/** What was learned of this very file before. */
function indexOf({ real, info }: Source, isQuoted: boolean): RecordIndex {
  const name = `${real}\n${info.sizeBytes} ${info.mtimeMs} ${info.ctimeMs} ${info.inode} ${isQuoted}`;
  const index = indexes.get(name) ?? newIndex();
  indexes.delete(name);
  indexes.set(name, index);
  for (const oldest of [...indexes.keys()].slice(0, -MOST_INDEXES)) indexes.delete(oldest);
  return index;
}
