import { strictEqual as equal } from "node:assert/strict";
import { elfImage } from "./denort.ts";

/** An ELF file of 64 bytes of header, `dataBytes` of one section and a section table of two entries. */
function elf(dataBytes: number): Uint8Array {
  const [header, entry] = [64, 64];
  const bytes = new Uint8Array(header + dataBytes + 2 * entry);
  const view = new DataView(bytes.buffer);
  const table = header + dataBytes;
  view.setBigUint64(0x28, BigInt(table), true);
  view.setUint16(0x3a, entry, true);
  view.setUint16(0x3c, 2, true);
  section(view, table, { type: 1, offset: header, size: dataBytes });
  section(view, table + entry, { type: 8, offset: header, size: 1_000_000 });
  return bytes;
}

function section(view: DataView, at: number, { type, offset, size }: { type: number; offset: number; size: number }) {
  view.setUint32(at + 4, type, true);
  view.setBigUint64(at + 0x18, BigInt(offset), true);
  view.setBigUint64(at + 0x20, BigInt(size), true);
}

Deno.test("elfImage() cuts off what was appended", () => {
  const image = elf(100);
  const program = new Uint8Array([...image, 1, 2, 3]);
  equal(elfImage(program).length, image.length);
});

Deno.test("elfImage() counts no bytes for sections that exist in memory only", () => {
  equal(elfImage(elf(8)).length, 64 + 8 + 128);
});
