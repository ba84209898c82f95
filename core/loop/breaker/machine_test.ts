import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { BreakerMachine, type BreakerSettings, type Verdict } from "./machine.ts";

/** What happens to a breaker: time passes, a call begins, one of those under way ends, it is reset or restarted. */
type Act =
  | { readonly pass: number }
  | { readonly begin: true }
  | { readonly end: number; readonly verdict: Verdict }
  | { readonly reset: true }
  | { readonly restart: true };

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 120 }) }) },
  { weight: 6, arbitrary: fc.constant({ begin: true } as const) },
  {
    weight: 6,
    arbitrary: fc.record({ end: fc.nat(), verdict: fc.constantFrom<Verdict>("ok", "failure", "failure", "neither") }),
  },
  { weight: 1, arbitrary: fc.constant({ reset: true } as const) },
  { weight: 1, arbitrary: fc.constant({ restart: true } as const) },
);

const settings: fc.Arbitrary<BreakerSettings> = fc.record({
  failThreshold: fc.integer({ min: 1, max: 3 }),
  cooldownMs: fc.integer({ min: 1, max: 50 }),
  isExponential: fc.boolean(),
  maxCooldownMs: fc.integer({ min: 50, max: 200 }),
});

/** The rules as a list of what has happened since the last change; calls hold the era in which they began. */
class Model {
  state = "closed";
  row = 0;
  trials = 0;
  opensAt = 0;
  trial: { readonly since: number; readonly era: object } | undefined;
  era = {};

  constructor(readonly settings: BreakerSettings) {}

  get cooldown(): number {
    const { cooldownMs, isExponential, maxCooldownMs } = this.settings;
    return isExponential ? Math.min(maxCooldownMs, cooldownMs * 2 ** this.trials) : cooldownMs;
  }

  begin(now: number): object | number {
    if (this.state === "closed") return this.era;
    if (this.state === "open" && now < this.opensAt) return this.opensAt - now;
    if (this.trial !== undefined && now < this.trial.since + this.cooldown) {
      return this.trial.since + this.cooldown - now;
    }
    [this.state, this.era] = ["half_open", {}];
    this.trial = { since: now, era: this.era };
    return this.era;
  }

  end(era: object, verdict: Verdict, now: number): void {
    if (era !== this.era) return;
    if (verdict === "neither") this.trial = undefined;
    else if (verdict === "ok") this.become(0, 0, this.state === "closed" ? undefined : "closed", now);
    else if (this.state === "half_open") this.become(this.row + 1, this.trials + 1, "open", now);
    else this.become(this.row + 1, 0, this.row + 1 >= this.settings.failThreshold ? "open" : undefined, now);
  }

  become(row: number, trials: number, state: string | undefined, now: number): void {
    [this.row, this.trials] = [row, trials];
    if (state === undefined) return;
    [this.state, this.trial, this.era, this.opensAt] = [state, undefined, {}, now + this.cooldown];
  }

  restart(now: number): void {
    if (this.state === "half_open") [this.state, this.opensAt] = ["open", now];
    [this.trial, this.era] = [undefined, {}];
  }
}

Deno.test("BreakerMachine does what its rules say, whatever happens to it", () => {
  fc.assert(
    fc.property(settings, fc.array(acts, { maxLength: 60 }), (chosen, script) => {
      const model = new Model(chosen);
      let machine = new BreakerMachine(chosen);
      let [now, calls]: [number, { ticket: number; era: object; isLost: boolean }[]] = [0, []];
      for (const act of script) {
        if ("pass" in act) now += act.pass;
        else if ("begin" in act) {
          const [mine, expected] = [machine.admit(now), model.begin(now)];
          if ("retryAfterMs" in mine) equal(mine.retryAfterMs, expected);
          else calls.push({ ticket: mine.ticket, era: expected as object, isLost: typeof expected === "number" });
          ok(calls.every(({ isLost }) => !isLost));
        } else if ("end" in act && calls.length > 0) {
          const [call] = calls.splice(act.end % calls.length, 1);
          machine.settle(call.ticket, act.verdict, now);
          model.end(call.era, act.verdict, now);
        } else if ("reset" in act) {
          machine.reset(now);
          model.become(0, 0, "closed", now);
        } else if ("restart" in act) {
          const memory = JSON.parse(JSON.stringify(machine.memory(now)));
          machine = new BreakerMachine(chosen);
          machine.restore(memory, now);
          deepEqual(machine.memory(now), memory);
          model.restart(now);
          calls = [];
        }
        deepEqual([machine.state, machine.consecutiveFailures], [model.state, model.row]);
      }
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("BreakerMachine never has more than one trial under way", () => {
  fc.assert(fc.property(settings, fc.integer({ min: 2, max: 20 }), (chosen, callers) => {
    const machine = new BreakerMachine({ ...chosen, failThreshold: 1 });
    const first = machine.admit(0);
    if ("ticket" in first) machine.settle(first.ticket, "failure", 0);
    const admitted = Array.from({ length: callers }, () => machine.admit(chosen.cooldownMs)).filter((it) =>
      "ticket" in it
    );
    equal(admitted.length, 1);
  }));
});
