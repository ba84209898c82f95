/**
 * Measures loom beside its peers and prints ratios.
 *
 * ```sh
 * deno task bench                              # everything: about half an hour
 * deno task bench noop plan                    # these rows
 * deno task bench loop-full --peers langgraph  # beside this peer alone
 * deno task bench digest --size 10737418240    # another size
 * deno task bench --peers make,ninja --rounds 9
 * deno task bench --record                     # append to bench.json
 * ```
 *
 * @module
 */

import { parseArgs } from "node:util";
import { LOOP_PEERS } from "./loop/support/peers.ts";
import { setUpPeers, venvProgram } from "./support/peers.ts";
import { record, tableOf } from "./support/report.ts";
import type { Finding, Row, Settings } from "./support/row.ts";
import { loomTool, PEERS } from "./support/tools.ts";
import { ROWS } from "./rows.ts";
import { UI_PEERS } from "./ui/support/peers.ts";

const OPTIONS = {
  list: { type: "boolean" },
  record: { type: "boolean" },
  rounds: { type: "string", default: "5" },
  size: { type: "string", multiple: true },
  peers: { type: "string" },
  ours: { type: "string", default: "source,binary" },
  setup: { type: "boolean" },
} as const;

const ALL_PEERS: ReadonlySet<string> = new Set([...PEERS.keys(), ...LOOP_PEERS, ...UI_PEERS, "ruamel"]);

if (import.meta.main) {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.list) { for (const row of ROWS) console.log(`${row.name.padEnd(14)} ${row.about}`); }
  else await main(chosen(positionals), values);
}

interface Values {
  readonly record?: boolean;
  readonly rounds: string;
  readonly size?: readonly string[];
  readonly peers?: string;
  readonly ours: string;
  readonly setup?: boolean;
}

async function main(rows: readonly Row[], values: Values): Promise<void> {
  await setUpPeers();
  if (values.setup) return;
  const findings: Finding[] = [];
  for (const row of rows) {
    const found = await row.measure(settingsOf(values));
    for (const finding of found) console.log(`${tableOf(finding)}\n`);
    findings.push(...found);
  }
  if (values.record) await record(findings);
}

function settingsOf({ rounds, size, peers, ours }: Values): Settings {
  const python = venvProgram("python");
  return {
    rounds: numberOf("--rounds", rounds),
    sizes: size?.map((text) => numberOf("--size", text)),
    peers: peers === undefined ? [...ALL_PEERS] : known(peers.split(",").filter((name) => name !== ""), ALL_PEERS),
    ours: ours.split(",").map((name) => loomTool(name === "source" ? "source" : "binary", python)),
    python,
  };
}

function chosen(names: readonly string[]): readonly Row[] {
  const rows = new Map(ROWS.map((row) => [row.name, row]));
  return names.length === 0 ? ROWS : known(names, rows).map((name) => rows.get(name)!);
}

function known(
  names: readonly string[],
  among: Pick<ReadonlySet<string>, "has"> & { keys(): Iterable<string> },
): readonly string[] {
  const unknown = names.filter((name) => !among.has(name));
  if (unknown.length === 0) return names;
  throw new Error(`Unknown: ${unknown.join(", ")}. There are: ${[...among.keys()].join(", ")}`);
}

function numberOf(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${option} takes a whole number from 1 on, not ${text}`);
  return number;
}
