import { deepStrictEqual as deepEqual, match, ok } from "node:assert/strict";
import type { RunDiff, StepHead } from "../../../core/history/diff/mod.ts";
import { palette } from "./colors.ts";
import { diffLines } from "./diff_lines.ts";

const SIDE = { name: "p.yml", status: "done", createdAt: 0, durationMs: 1_000 };
const DONE: StepHead = { standing: "done", durationMs: 1_000, isKnown: true };

function diffOf(parts: Partial<RunDiff> = {}): RunDiff {
  const nothing = { parameters: [], metrics: [], inputs: [], code: [], settings: [], outputs: [], steps: [] };
  return { before: { id: "aaaa", ...SIDE }, after: { id: "bbbb", ...SIDE, point: "lr=0.1" }, ...nothing, ...parts };
}

const shown = (diff: RunDiff, all = false) => diffLines(diff, { paint: palette(false), all });

Deno.test("diffLines() names both runs, and says when nothing differs", () => {
  const [a, b, ...rest] = shown(
    diffOf({ steps: [{ name: "fit", before: DONE, after: { ...DONE, durationMs: 1_001 } }] }),
  );
  match(a, /^A +aaaa +p\.yml +done +1970-01-01T00:00:00 +1\.0 s +-$/);
  match(b, /^B +bbbb:lr=0\.1 /);
  deepEqual(rest, ["", "Nothing differs but time.", "", "Steps  A      B", "  fit  1.0 s  1.0 s"]);
});

Deno.test("diffLines() tells by how much metrics differ", () => {
  const metrics = [
    { name: "acc", before: 0.9, after: 0.93, same: false, difference: 0.030000000000000027, ratio: 0.0333 },
    { name: "loss", before: "NaN", after: 2, same: false },
    { name: "new", after: 1, same: false },
  ];
  deepEqual(shown(diffOf({ metrics })).slice(3), [
    "Metrics",
    "  acc   0.9  →  0.93  +0.03  +3.3 %",
    "  loss  NaN  →  2",
    "  new   -    →  1",
  ]);
});

Deno.test("diffLines() tells a setting once for all steps, and not where a parameter tells it", () => {
  const setting = { what: "python", before: "3.11", after: "3.12", parts: 1 } as const;
  const settings = [
    ...["a", "b", "c", "d"].map((step) => ({ step, ...setting })),
    { step: "a", what: "argument", name: "--lr", before: "1", after: "2", parameter: "lr", parts: 1 } as const,
  ];
  deepEqual(shown(diffOf({ settings })).slice(3), ["Other settings", "  python  3.11  →  3.12  a, b, c and 1 more"]);
  match(shown(diffOf({ settings }), true).at(-1)!, /argument --lr +1 +→ +2 +a$/);
});

Deno.test("diffLines() cuts what is long, unless all is asked for", () => {
  const lines = Array.from({ length: 100 }, (_, at) => `+${at}`);
  const file = { path: "a.py", before: "1", after: "2", same: false, steps: ["a"], added: 100, removed: 0 };
  const code: RunDiff["code"] = [{ ...file, kind: "script", hunks: [{ oldStart: 1, newStart: 1, lines }] }];
  const inputs = Array.from({ length: 50 }, (_, at) => ({ path: `in/${at}`, before: "1", same: false, steps: ["a"] }));
  const steps = Array.from({ length: 50 }, (_, at) => {
    return { name: `s${at}`, before: DONE, after: at === 33 ? { ...DONE, standing: "failed" } as const : DONE };
  });
  const diff = diffOf({ code, inputs, steps });
  const some = shown(diff);
  ok(some.length < 100, String(some.length));
  ok(some.includes("  … 30 more; --all shows them") && some.includes("    … 61 more lines; --all shows them"));
  ok(some.some((line) => /s33 +1\.0 s +failed 1\.0 s/.test(line)));
  ok(shown(diff, true).length > 200);
});

Deno.test("diffLines() says what could not be told", () => {
  const file = { kind: "script", steps: ["a"], same: false } as const;
  const code = [
    { ...file, path: "a", before: "1", after: "2", untold: "not kept" } as const,
    { ...file, path: "b", before: "1", after: "2", untold: "rewritten" } as const,
    { ...file, path: "c", after: "2" },
    { ...file, path: "d", before: "1" },
  ];
  const steps = [
    { name: "a", before: { ...DONE, isKnown: false }, after: { ...DONE, peakBytes: 3 * 1024 ** 3 } },
    { name: "b", before: { standing: "skipped", isKnown: false } as const },
  ];
  deepEqual(shown(diffOf({ code, steps })).slice(3), [
    "Code",
    "  a  changed; its text was not kept  a",
    "  b  rewritten  a",
    "  c  only in B  a",
    "  d  only in A  a",
    "",
    "Steps  A        B        peak memory",
    "  a    1.0 s    1.0 s    - → 3.0 GiB",
    "  b    skipped  -",
    "  What went into a in A was not kept: a file changed meanwhile, or it is no task",
  ]);
});

Deno.test("diffLines() colours what was taken away and what was added", () => {
  const parameters = [{ name: "lr", before: 1, after: 2, same: false }];
  const lines = diffLines(diffOf({ parameters }), { paint: palette(true), all: false });
  ok(lines.includes("  lr  \x1b[31m1\x1b[39m  →  \x1b[32m2\x1b[39m"));
});
