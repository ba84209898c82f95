/**
 * Bytes of a file as text and back, so that what is not edited stays as it is, byte for byte.
 *
 * @module
 */

/** How a text is written down. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "latin1";

/** A file's text, and how it was written. */
export interface TextFile {
  /** Without the byte-order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  readonly bom: boolean;
}

/**
 * Reads a file as text: by its byte-order mark, else as UTF-8, else one character for each byte, which loses nothing.
 *
 * @returns `undefined` if it is no text: null characters in what is not UTF-16.
 */
export function decodeText(bytes: Uint8Array): TextFile | undefined {
  if (starts(bytes, 0xff, 0xfe)) return utf16(bytes, "utf-16le");
  if (starts(bytes, 0xfe, 0xff)) return utf16(bytes, "utf-16be");
  if (bytes.includes(0)) return undefined;
  const bom = starts(bytes, 0xef, 0xbb, 0xbf);
  const text = utf8(bom ? bytes.subarray(3) : bytes);
  return text === undefined
    ? { text: latin1(bytes), encoding: "latin1", bom: false }
    : { text, encoding: "utf-8", bom };
}

/**
 * The bytes of a text as its file had them.
 *
 * @returns `undefined` if the encoding has no such character.
 */
export function encodeText({ text, encoding, bom }: TextFile): Uint8Array | undefined {
  const marked = bom ? `\ufeff${text}` : text;
  if (encoding === "utf-8") return new TextEncoder().encode(marked);
  if (encoding === "latin1") {
    return /[^\0-\xff]/.test(marked) ? undefined : Uint8Array.from(marked, (c) => c.charCodeAt(0));
  }
  const view = new DataView(new ArrayBuffer(marked.length * 2));
  for (let i = 0; i < marked.length; i++) view.setUint16(i * 2, marked.charCodeAt(i), encoding === "utf-16le");
  return new Uint8Array(view.buffer);
}

function starts(bytes: Uint8Array, ...mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

/** Unit by unit: halves of surrogate pairs and an odd byte at the end would be lost otherwise. */
function utf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): TextFile | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let at = 2; at < bytes.length; at += 2) {
    pieces.push(String.fromCharCode(view.getUint16(at, encoding === "utf-16le")));
  }
  return { text: pieces.join(""), encoding, bom: true };
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function latin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (const byte of bytes) pieces.push(String.fromCharCode(byte));
  return pieces.join("");
}
