import type { BreakerClock } from "./types.ts";

/** A clock that a test moves. */
export class FakeClock implements BreakerClock {
  ms = 1_000;
  utc = 1_700_000_000_000;

  monotonicMs(): number {
    return this.ms;
  }

  now(): number {
    return this.utc;
  }

  pass(ms: number): void {
    this.ms += ms;
    this.utc += ms;
  }
}

/** A function that answers by promise, when the test lets it. Each call can be ended in any order. */
export function slowTool() {
  const calls: { ok(value?: string): void; fail(error?: unknown): void }[] = [];
  const tool = (): Promise<string> =>
    new Promise((resolve, reject) => {
      calls.push({
        ok: (value = "done") => resolve(value),
        fail: (error = new Error("down")) => reject(error),
      });
    });
  return { tool, calls };
}

/** A function that does at once what it is told. */
export function tool(what: "ok" | "fail"): string {
  if (what === "fail") throw new Error("down");
  return "done";
}

/** What the work threw, or `undefined`. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
