/**
 * Findings as a table for people, and as a record for later.
 *
 * @module
 */

import { inRepository, must } from "../../../_tools/_run.ts";
import { describeMachine } from "./machine.ts";
import { peerVersions } from "./peers.ts";
import { type Budget, type Finding, isMet } from "./row.ts";

const RECORD = inRepository("tests/bench/bench.json");

/** A table: who, median, spread, ratio of ours to it, and the budgets with whether they were met. */
export function tableOf(finding: Finding): string {
  const { row, what, unit, figures, budgets, note } = finding;
  const ours = figures.filter((figure) => figure.role === "ours");
  const head = ["", unit, "lowest-highest", "n", ...ours.map(({ name }) => `${name} is`)];
  const rows = figures.map(({ name, role, median, samples }) => [
    role === "floor" ? `${name} (floor)` : name,
    String(median),
    `${Math.min(...samples)}-${Math.max(...samples)}`,
    String(samples.length),
    ...ours.map((our) => our.name === name || median === 0 ? "" : `${(our.median / median).toFixed(2)} x`),
  ]);
  const verdicts = ours.filter(({ name }) => name in budgets).flatMap((our) =>
    [budgets[our.name]].flat().map((budget) => {
      const met = isMet(finding, our, budget);
      const verdict = met === undefined ? "not judged" : met ? "met" : "MISSED";
      return `  ${our.name}: ${verdict} (${budgetText(budget, unit)})`;
    })
  );
  return [`${row}: ${what}`, ...aligned([head, ...rows]), ...verdicts, ...(note ? [`  ${note}`] : [])].join("\n");
}

function budgetText(budget: Budget, unit: string): string {
  if (budget.kind === "limit") return `<= ${budget.max} ${unit}`;
  if (budget.kind === "least") return `>= ${budget.min} ${unit}`;
  if (budget.kind === "beyond") return `<= ${budget.max} ${unit} beyond ${budget.to}`;
  return `<= ${Number(budget.max.toFixed(2))} x ${budget.to}`;
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])).join("  ")
  ).map((line) => `  ${line}`.trimEnd());
}

/** Appends findings to `bench.json`, with the machine, the commit and the day. */
export async function record(findings: readonly Finding[]): Promise<void> {
  const commit = (await must(["git", "rev-parse", "--short", "HEAD"])).trim();
  const entry = {
    at: new Date().toISOString().slice(0, 16) + "Z",
    commit,
    machine: await describeMachine(),
    peers: await peerVersions(),
    findings,
  };
  const entries = [...await recorded(), entry];
  await Deno.writeTextFile(RECORD, `${JSON.stringify(entries, onOneLine, 2)}\n`);
}

/** Samples as one text: a page of single numbers says nothing. */
function onOneLine(key: string, value: unknown): unknown {
  return key === "samples" && Array.isArray(value) ? value.join(" ") : value;
}

async function recorded(): Promise<readonly unknown[]> {
  try {
    return JSON.parse(await Deno.readTextFile(RECORD));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
