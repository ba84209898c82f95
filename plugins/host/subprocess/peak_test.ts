import { strictEqual as equal } from "node:assert/strict";
import { newUsage, PeakMemory } from "./peak.ts";

function usageOf(kibibytes: bigint): BigInt64Array<ArrayBuffer> {
  const usage = newUsage();
  usage[4] = kibibytes;
  return usage;
}

Deno.test("PeakMemory knows what a program held only where that is more than loom has held", () => {
  const peak = new PeakMemory();
  equal(peak.bytesOf(usageOf(8n)), undefined);
  equal(peak.bytesOf(usageOf(1_000_000_000n)), Deno.build.os === "linux" ? 1_024_000_000_000 : undefined);
  equal(peak.bytesOf(usageOf(8n)), undefined);
});
