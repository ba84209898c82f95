import { ok, strictEqual as equal } from "node:assert/strict";
import { originalPython } from "../support/python_env.ts";
import { ROWS } from "./rows.ts";
import { median, race } from "./support/race.ts";
import { tableOf } from "./support/report.ts";
import { type Finding, isMet, type Settings } from "./support/row.ts";
import { loomTool } from "./support/tools.ts";
import { stepsOf } from "./support/workload.ts";

/** Tiny sizes: whether the programs work is tested here, never how fast anything is. */
const SIZES: Readonly<Record<string, number>> = { digest: 2 ** 20, killed: 1, "ui-change": 1, "ui-line": 3 };

/** Rows that measure the command; the others measure the library. */
const OF_COMMAND = [
  "start",
  "noop",
  "copies",
  "scripts",
  "plan",
  "digest",
  "touched",
  "killed",
  "history",
  "table",
  "check",
  "loop-runs",
];

for (const row of ROWS) {
  Deno.test(`the benchmark ${row.name} works`, async () => {
    const python = await originalPython();
    const ours = [loomTool("source", python), loomTool("binary", python)];
    const settings: Settings = { rounds: 1, sizes: [SIZES[row.name] ?? 12], peers: ["make"], ours, python };
    for (const finding of await row.measure(settings)) {
      const isOurs = OF_COMMAND.includes(row.name);
      const own = finding.figures.filter(({ role }) => role === "ours").map(({ name }) => name);
      const names = isOurs ? ours.map(({ name }) => name) : [...own, ...Object.keys(finding.budgets)];
      ok(names.length > 0, finding.what);
      ok(names.every((name) => finding.figures.some((figure) => figure.name === name)), finding.what);
      ok(tableOf(finding).includes(finding.what));
      if (finding.unit === "steps") {
        equal(finding.figures.find((figure) => figure.name === ours[1].name)!.median, 0, finding.what);
      }
    }
  });
}

Deno.test("race() fails with what a command said, and its exit code", () => {
  const argv = [Deno.execPath(), "eval", "console.error('no luck'); Deno.exit(7)"];
  const env = { PATH: Deno.env.get("PATH")!, HOME: Deno.env.get("HOME")! };
  let message = "";
  try {
    race([{ name: "x", role: "peer", argv, cwd: ".", env }], 1);
  } catch (error) {
    message = (error as Error).message;
  }
  ok(message.includes("exit code 7") && message.includes("no luck"), message);
});

Deno.test("median() is the middle, or between the two middle ones", () => {
  equal(median([9, 1, 5]), 5);
  equal(median([4, 1, 2, 9]), 3);
});

Deno.test("stepsOf() makes every input before it is read", () => {
  const made = new Set(["source.txt"]);
  for (const { input, output } of stepsOf({ count: 25 })) {
    ok(made.has(input), input);
    made.add(output);
  }
});

Deno.test("tableOf() gives each of several budgets its verdict", () => {
  const ours = { name: "ours", role: "ours", median: 11, samples: [11] } as const;
  const budgets = { ours: [{ kind: "limit", max: 10 }, { kind: "least", min: 5 }] } as const;
  const table = tableOf({ row: "x", what: "x", unit: "per second", figures: [ours], budgets });
  ok(table.includes("ours: MISSED (<= 10 per second)") && table.includes("ours: met (>= 5 per second)"), table);
});

Deno.test("isMet() judges against a peer of the same run, a limit, or not at all", () => {
  const ours = { name: "ours", role: "ours", median: 11, samples: [11] } as const;
  const make = { name: "make", role: "peer", median: 10, samples: [10] } as const;
  const finding: Finding = { row: "x", what: "x", unit: "ms", figures: [ours, make], budgets: {} };
  equal(isMet(finding, ours, { kind: "ratio", to: "make", max: 1.2 }), true);
  equal(isMet(finding, ours, { kind: "ratio", to: "make", max: 1 }), false);
  equal(isMet(finding, ours, { kind: "ratio", to: "ninja", max: 1 }), undefined);
  equal(isMet(finding, ours, { kind: "limit", max: 10 }), false);
  equal(isMet(finding, ours, { kind: "beyond", to: "make", max: 1 }), true);
  equal(isMet(finding, ours, { kind: "beyond", to: "make", max: 0.9 }), false);
  equal(isMet(finding, ours, { kind: "beyond", to: "ninja", max: 9 }), undefined);
  equal(isMet(finding, ours, { kind: "least", min: 11 }), true);
  equal(isMet(finding, ours, { kind: "least", min: 12 }), false);
});
