import { Bytes } from "./value_types.ts";
import { YamlFault } from "./fault.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const SIX_BITS: ReadonlyMap<string, number> = new Map(Array.from(ALPHABET, (char, index) => [char, index]));

/**
 * Base 64 as Python's `base64.decodebytes` reads it: characters outside the alphabet are passed over, and what follows
 * complete padding is ignored.
 *
 * @throws {YamlFault} If the text is not ASCII or ends within a group.
 */
export function readBinary(text: string): Bytes {
  if (/\P{ASCII}/u.test(text)) throw broken("it holds a character that is not ASCII");
  const bytes: number[] = [];
  let bits = 0;
  let filled = 0;
  let pads = 0;
  for (const char of text) {
    if (char === "=") {
      if (filled >= 2 && filled + ++pads >= 4) return new Bytes(Uint8Array.from(bytes));
      continue;
    }
    const six = SIX_BITS.get(char);
    if (six === undefined) continue;
    pads = 0;
    bits = (bits << 6 | six) & 0xffff;
    filled = (filled + 1) % 4;
    if (filled !== 1) bytes.push(bits >> (filled === 2 ? 4 : filled === 3 ? 2 : 0) & 0xff);
  }
  if (filled !== 0) throw broken("it ends within a group of four characters");
  return new Bytes(Uint8Array.from(bytes));
}

function broken(reason: string): YamlFault {
  return new YamlFault(`Cannot decode !!binary: ${reason}`, "write it as base 64, padded with =");
}
