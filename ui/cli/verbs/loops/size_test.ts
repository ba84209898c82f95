import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { bytesText } from "../../view/bytes.ts";
import { parseSize } from "./size.ts";

Deno.test("parseSize() reads a number with a unit of 1,024", () => {
  const read = ["0", "12", "800k", "1.5M", "2 GiB", "1TB"].map(parseSize);
  deepEqual(read, [0, 12, 819_200, 1_572_864, 2_147_483_648, 1_099_511_627_776]);
  deepEqual(["", "M", "-1M", "1.M", "5X", "1 0M"].map(parseSize), Array(6).fill(undefined));
});

Deno.test("bytesText() chooses the unit", () => {
  const texts = [0, 1_023, 1_024, 1_572_864, 3 * 1024 ** 4, 5_000 * 1024 ** 4].map(bytesText);
  deepEqual(texts, ["0 bytes", "1023 bytes", "1.0 KiB", "1.5 MiB", "3.0 TiB", "5000.0 TiB"]);
});
