/**
 * How a file is shown, by its name, its declared type and its first bytes.
 *
 * @module
 */

/** Ways to show a file. `binary` cannot be shown. */
export type PreviewKind = "text" | "table" | "json" | "image" | "video" | "binary";

const IMAGES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  bmp: "image/bmp",
  ico: "image/x-icon",
  svg: "image/svg+xml",
};

const VIDEOS: Readonly<Record<string, string>> = {
  mp4: "video/mp4",
  m4v: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
  ogv: "video/ogg",
};

/** What a browser takes for an image or video, whatever its name: the bytes it begins with, and from where on. */
const MAGIC: readonly (readonly [media: string, at: number, bytes: string])[] = [
  ["image/png", 0, "\x89PNG\r\n"],
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/gif", 0, "GIF87a"],
  ["image/gif", 0, "GIF89a"],
  ["image/webp", 8, "WEBPVP8"],
  ["video/mp4", 4, "ftypisom"],
  ["video/mp4", 4, "ftypmp4"],
  ["video/mp4", 4, "ftypavc1"],
  ["video/webm", 0, "\x1a\x45\xdf\xa3"],
];

/** The kind and, for what is no text, its media type. */
export function kindOf(
  name: string,
  type: string | undefined,
  head: Uint8Array,
): { readonly kind: PreviewKind; readonly media: string } {
  const ending = /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? "";
  const media = Object.hasOwn(IMAGES, ending)
    ? IMAGES[ending]
    : Object.hasOwn(VIDEOS, ending)
    ? VIDEOS[ending]
    : magic(head);
  if (media !== undefined) return { kind: media.startsWith("video/") ? "video" : "image", media };
  if (isBinary(head)) return { kind: "binary", media: "application/octet-stream" };
  return { kind: textKind(ending, type), media: "text/plain; charset=utf-8" };
}

function textKind(ending: string, type: string | undefined): PreviewKind {
  if (ending === "csv" || ending === "tsv") return "table";
  if (ending === "json" || ending === "geojson" || ending === "ipynb") return "json";
  if (ending === "txt" || ending === "log" || ending === "md") return "text";
  return type === "csv" ? "table" : type === "json" ? "json" : "text";
}

function magic(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head.subarray(0, 32));
  return MAGIC.find(([, at, bytes]) => text.startsWith(bytes, at))?.[0];
}

/** Texts have no zero in them, save those of two bytes a letter, which say so. */
function isBinary(head: Uint8Array): boolean {
  return head.includes(0);
}
