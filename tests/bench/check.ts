/**
 * How long it takes to be told what is wrong with a pipeline.
 *
 * @module
 */

import { inRepository } from "../../_tools/_run.ts";
import { Arena } from "./support/arena.ts";
import { type Entrant, race, runOnce } from "./support/race.ts";
import { budgetForAll, type Finding, grouped, type Row, type Settings } from "./support/row.ts";
import { BINARY_ARGV, peersAmong, SOURCE_ARGV } from "./support/tools.ts";
import { CHAIN, SOURCE, type Workload } from "./support/workload.ts";

const STEPS = 10_000;
const SCRIPTS = 100;
const MAX_MS = 1_000;

/** Nobody else reads what scripts take: these only find out what they would do, of the same graph. */
const PEER_NAMES: ReadonlySet<string> = new Set(["make", "ninja", "snakemake"]);

/** Every argument of every step against its script. */
export const check: Row = {
  name: "check",
  about: "loom check of 10,000 steps that run 100 scripts with argparse",
  measure: (settings) => {
    const findings: Finding[] = [];
    for (const count of settings.sizes ?? [STEPS]) findings.push(measure(count, settings));
    return Promise.resolve(findings);
  },
};

function measure(count: number, settings: Settings): Finding {
  using arena = new Arena();
  const work: Workload = { kind: "python", count, python: settings.python };
  const cwd = arena.place("loom");
  for (const [name, text] of checked(count)) Deno.writeTextFileSync(`${cwd}/${name}`, text);
  const ours = settings.ours.map((tool): Entrant => {
    const argv = tool.name === "loom (source)" ? SOURCE_ARGV : BINARY_ARGV;
    return { name: tool.name, role: "ours", argv: [...argv, "check", "pipeline.yml"], cwd, env: arena.env };
  });
  for (const entrant of ours) requireClean(entrant, count);
  const peers = peersAmong(settings.peers, (name) => PEER_NAMES.has(name))
    .map((tool) => arena.entrant(tool, tool.plan ?? [...tool.run, "-n"], { cwd: arena.prepare(tool, work) }));
  const program = inRepository("tests/bench/support/floor_read.ts");
  const argv = [...SOURCE_ARGV.slice(0, -1), program, "pipeline.yml"];
  const floor: Entrant = { name: "start, read", role: "floor", argv, cwd, env: arena.env };
  return {
    row: "check",
    what: `${grouped(count)} steps, ${SCRIPTS} scripts`,
    unit: "ms",
    figures: race([...peers, ...ours, floor], settings.rounds),
    budgets: count === STEPS ? budgetForAll(settings.ours, { kind: "limit", max: MAX_MS }) : {},
    note: "the peers plan a run of the same graph; none looks into scripts",
  };
}

/** @throws {Error} If it does not say that all of it was looked at: a time of half the work is no time. */
function requireClean(entrant: Entrant, count: number): void {
  const scripts = Math.min(count, SCRIPTS);
  const expected = `pipeline.yml: no problems (${count} steps, ${scripts} scripts read)\n`;
  const said = runOnce(entrant);
  if (said !== expected) throw new Error(`${entrant.name} said ${said}`);
}

/** The pipeline and its scripts, by name. */
function* checked(count: number): Generator<readonly [name: string, text: string]> {
  for (let i = 0; i < Math.min(count, SCRIPTS); i++) yield [`task_${i}.py`, script(i)];
  const data = Array.from({ length: count }, (_, i) => `  d${i}: {type: txt, path: output/${i}.txt}\n`);
  const steps = Array.from({ length: count }, (_, i) =>
    `  - name: s${i}
    task: task_${i % SCRIPTS}.py
    inputs: {source: $${i % CHAIN === 0 ? "source" : `d${i - 1}`}}
    outputs: {-o: $d${i}}
    args: {--rate: $rate, --epochs: ${i}, --mode: fast}
`);
  const head = `parameters: {rate: 0.5}\ndata:\n  source: {type: txt, path: ${SOURCE}}\n`;
  yield ["pipeline.yml", `${head}${data.join("")}pipeline:\n${steps.join("")}`];
  yield [SOURCE, "measured once\n"];
}

function script(number: number): string {
  return `"""Task ${number}.

---
inputs:
  source: {type: txt}
outputs:
  -o: {type: txt}
args:
  --rate: {type: float, default: 0.5}
  --epochs: {type: int}
---
"""
import argparse


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source")
    parser.add_argument("-o", required=True)
    parser.add_argument("--rate", type=float, default=0.5)
    parser.add_argument("--epochs", type=int, default=${number})
    parser.add_argument("--mode", choices=["fast", "slow"])
    args = parser.parse_args()


if __name__ == "__main__":
    main()
`;
}
