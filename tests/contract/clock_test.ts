import { match, notStrictEqual as notEqual, ok, strictEqual as equal } from "node:assert/strict";
import type { Random } from "../../core/ports/random.ts";
import { hostClock } from "../../plugins/host/machine/clock.ts";
import { hostRandom } from "../../plugins/host/machine/random.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { fakeRandom } from "../support/fake_random.ts";
import { clockContract } from "./clock_contract.ts";

clockContract("hostClock", () => ({ clock: hostClock, pass: (ms) => hostClock.sleep(ms) }));
clockContract("fakeClock()", () => {
  const clock = fakeClock();
  return { clock, pass: (ms) => clock.advance(ms) };
});

const randoms: readonly (readonly [string, Random])[] = [["hostRandom", hostRandom], ["fakeRandom()", fakeRandom()]];
for (const [name, random] of randoms) {
  Deno.test(`${name}: next() is in [0, 1), hex() has the length asked for`, () => {
    for (let i = 0; i < 100; i++) ok(random.next() >= 0 && random.next() < 1);
    match(random.hex(12), /^[0-9a-f]{12}$/);
    match(random.hex(7), /^[0-9a-f]{7}$/);
    notEqual(random.hex(16), random.hex(16));
  });
}

Deno.test("fakeRandom() repeats itself for the same seed", () => {
  equal(fakeRandom(7).hex(12), fakeRandom(7).hex(12));
});
