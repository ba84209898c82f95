import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import type { Clock } from "../../core/ports/clock.ts";

/** What every {@linkcode Clock} keeps to. `pass` lets `ms` go by. */
export function clockContract(
  name: string,
  make: () => { clock: Clock; pass: (ms: number) => Promise<unknown> },
): void {
  Deno.test(`${name}: now() is in milliseconds since 1970, monotonicMs() goes on`, async () => {
    const { clock, pass } = make();
    const [now, from] = [clock.now(), clock.monotonicMs()];
    ok(now > Date.UTC(2020, 0, 1));
    await pass(5);
    ok(clock.monotonicMs() - from >= 4);
  });

  Deno.test(`${name}: sleep() resolves when its time has come, the shorter first`, async () => {
    const { clock, pass } = make();
    const woken: string[] = [];
    const both = [clock.sleep(40).then(() => woken.push("long")), clock.sleep(1).then(() => woken.push("short"))];
    await pass(60);
    await Promise.all(both);
    deepEqual(woken, ["short", "long"]);
  });

  Deno.test(`${name}: sleep() rejects with the signal's reason`, async () => {
    const { clock } = make();
    const control = new AbortController();
    const slept = clock.sleep(60_000, control.signal);
    const reason = new Error("enough");
    control.abort(reason);
    equal(await slept.catch((error) => error), reason);
    await rejects(clock.sleep(1, AbortSignal.abort(reason)), reason);
  });
}
