/**
 * The bytes of a file, whole or a range of them, as something that can be looked at and can do nothing.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { basename } from "../../../core/graph/mod.ts";
import { refusal } from "../base/refusal.ts";
import type { Source } from "../parts/source.ts";
import { kindOf } from "./kind.ts";
import { headOf, openFile } from "./open.ts";

/** No script, no form, no frame, an origin of its own: whatever stands in the file, it is only a picture. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self' data:; sandbox";

const CHUNK = 64 * 1024;

/** Answers with the bytes that the header `range` asks for. */
export async function rawAnswer(source: Source, range: string | undefined, context: Context): Promise<Response> {
  const file = await openFile(source, context);
  try {
    const size = source.info.sizeBytes;
    const { kind, media } = kindOf(basename(source.real), source.type, await headOf(file, 64));
    const wanted = wantedOf(range, size);
    const { start, end } = wanted ?? { start: 0, end: size };
    await file.seek(start, Deno.SeekMode.Start);
    return new Response(bytesOf(file, end - start), {
      status: wanted === undefined ? 200 : 206,
      headers: {
        "content-type": media,
        "content-length": String(end - start),
        "accept-ranges": "bytes",
        "content-security-policy": POLICY,
        "content-disposition": dispositionOf(source, kind === "image" && media !== "image/svg+xml" || kind === "video"),
        "cache-control": "no-store",
        ...(wanted && { "content-range": `bytes ${start}-${end - 1}/${size}` }),
      },
    });
  } catch (error) {
    file.close();
    throw error;
  }
}

/** The first range that is asked for; the whole, if it is asked for in a way that nobody knows. */
function wantedOf(
  range: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? "") ?? [];
  if (first === undefined || first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (start < end) return { start, end };
  throw refusal(416, "no-such-range", `The file has ${size} bytes`);
}

function dispositionOf({ real }: Source, isInline: boolean): string {
  const name = encodeURIComponent(basename(real)).replaceAll("'", "%27");
  return `${isInline ? "inline" : "attachment"}; filename*=UTF-8''${name}`;
}

/** Reads as fast as somebody takes. */
function bytesOf(file: Deno.FsFile, length: number): ReadableStream<Uint8Array> {
  let left = length;
  return new ReadableStream({
    async pull(controller) {
      const buffer = new Uint8Array(Math.min(CHUNK, left));
      const read = left === 0 ? null : await file.read(buffer);
      if (read === null) {
        file.close();
        // A file that became shorter meanwhile: the answer breaks off, and whoever asked notices.
        return left === 0 ? controller.close() : controller.error(new Error("The file became shorter"));
      }
      left -= read;
      controller.enqueue(buffer.subarray(0, read));
    },
    cancel: () => file.close(),
  }, { highWaterMark: 0 });
}
