import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import type { AuditRecord } from "../ports/audit.ts";
import { NO_RECORD, recordHash, verifyChain } from "./chain.ts";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

function chainOf(bodies: readonly string[]): AuditRecord[] {
  let before = NO_RECORD;
  return bodies.map((body, at) => {
    const record = { seq: at + 1, atMs: 1_700_000_000_000 - at, body, before };
    return { ...record, hash: before = recordHash(record, digest) };
  });
}

const chain = chainOf(["a", "b\nb", "c", "d"]);

function changed(at: number, change: Partial<AuditRecord>): AuditRecord[] {
  return chain.map((record, index) => index === at ? { ...record, ...change } : record);
}

Deno.test("verifyChain() follows a whole chain to its head, whatever its clock says", () => {
  deepEqual(verifyChain(chain, digest), { whole: true, count: 4, head: chain[3].hash });
  deepEqual(verifyChain([], digest), { whole: true, count: 0, head: NO_RECORD });
});

Deno.test("verifyChain() names the first record that was changed, also in its number and its time", () => {
  const edited = { whole: false, seq: 3, why: "edited", count: 2 };
  deepEqual(verifyChain(changed(2, { body: "x" }), digest), edited);
  deepEqual(verifyChain(changed(2, { atMs: 1 }), digest), edited);
  deepEqual(verifyChain(changed(2, { hash: chain[1].hash }), digest), edited);
  deepEqual(verifyChain(changed(2, { before: chain[3].hash }), digest), edited);
  deepEqual(verifyChain(changed(2, { seq: 9 }), digest), { whole: false, seq: 9, why: "gap", count: 2 });
});

Deno.test("verifyChain() finds records that are missing, doubled or turned round", () => {
  deepEqual(verifyChain(chain.slice(1), digest), { whole: false, seq: 2, why: "gap", count: 0 });
  deepEqual(verifyChain([chain[0], ...chain.slice(2)], digest), { whole: false, seq: 3, why: "gap", count: 1 });
  deepEqual(verifyChain([chain[0], chain[0]], digest), { whole: false, seq: 1, why: "gap", count: 1 });
  deepEqual(verifyChain([chain[0], chain[2], chain[1]], digest), { whole: false, seq: 3, why: "gap", count: 1 });
});

Deno.test("verifyChain() finds a record that was made anew, at the one after it", () => {
  const forged = { ...chain[1], body: "x" };
  const again = { ...forged, hash: recordHash(forged, digest) };
  deepEqual(verifyChain(changed(1, again), digest), { whole: false, seq: 3, why: "relinked", count: 2 });
  const first = { ...chain[0], before: "1".repeat(64) };
  const [record] = [{ ...first, hash: recordHash(first, digest) }];
  deepEqual(verifyChain([record], digest), { whole: false, seq: 1, why: "relinked", count: 0 });
});
