/**
 * What it costs to ask the gate, and to write down what it said.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { authorize, type Gate, type Rule } from "../../../core/gate/mod.ts";
import type { AuditLog } from "../../../core/ports/audit.ts";
import type { Policy } from "../../../core/ports/policy.ts";
import { hostClock } from "../../../plugins/host/machine/clock.ts";
import { hostRandom } from "../../../plugins/host/machine/random.ts";
import { hostStores } from "../../../plugins/host/store/mod.ts";
import { Arena } from "../support/arena.ts";
import { median, type Timing } from "../support/race.ts";
import type { Finding, Row, Settings } from "../support/row.ts";

const RULES = 100;

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

/** A decision under many rules, and the same with its record on the disk. */
export const gate: Row = {
  name: "gate",
  about: `a decision under ${RULES} rules, and the same written down`,
  measure: (settings) => measure(settings),
};

async function measure({ rounds }: Settings): Promise<readonly Finding[]> {
  using arena = new Arena();
  const folder = arena.place("work");
  const store = hostStores().open(folder, () => {});
  const { policy, rules } = question(folder);
  const silent: AuditLog = { ...store.audit, append: (entry) => ({ ...NOTHING, body: JSON.stringify(entry) }) };
  const wish = { policy, arguments: {}, touched: { paths: policy.write } };
  const asked = (audit: AuditLog) => () => authorize(wish, gateOf(rules, audit, store.approvals));
  const decisions = await timed(rounds, 500, [
    ["digest of the policy", "floor", () => digest(JSON.stringify(policy))],
    ["loom", "ours", asked(silent)],
  ]);
  const insert = committed(`${folder}/floor.db`);
  const writes = await timed(rounds, 100, [
    ["SQLite WAL/FULL", "floor", () => insert(JSON.stringify(policy))],
    ["loom", "ours", asked(store.audit)],
  ]);
  store.close();
  return [
    {
      row: "gate",
      what: `a decision under ${RULES} rules`,
      unit: "µs",
      figures: decisions,
      budgets: { loom: { kind: "limit", max: 250 } },
    },
    {
      row: "gate",
      what: "a decision, and its record on the disk",
      unit: "µs",
      figures: writes,
      budgets: { loom: { kind: "ratio", to: "SQLite WAL/FULL", max: 2.5 } },
      note: "the floor is one insert of the same bytes",
    },
  ];
}

const NOTHING = { seq: 1, atMs: 0, hash: "", before: "" };

function question(folder: string): { readonly policy: Policy; readonly rules: readonly Rule[] } {
  const policy: Policy = {
    ...{ actor: "tool edit_file", action: "edit file a.ts", tier: "workspace-write", read: [folder] },
    ...{ write: [`${folder}/a.ts`], hosts: ["example.org"], programs: [], variables: [] },
  };
  const rules = Array.from({ length: RULES }, (_, at): Rule => {
    return { effect: "deny", path: `${folder}/secrets/${at}/**`, source: `rules.yaml:${at + 1}` };
  });
  return { policy, rules };
}

function gateOf(rules: readonly Rule[], audit: AuditLog, approvals: Gate["approvals"]): Gate {
  return { rules, audit, approvals, origin: "human-tty", digest, env: {}, clock: hostClock, random: hostRandom };
}

function committed(path: string): (text: string) => void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (body TEXT)");
  const insert = database.prepare("INSERT INTO t VALUES (?)");
  return (text) => void insert.run(text);
}

type Contender = readonly [name: string, role: Timing["role"], work: () => unknown];

/** Microseconds of each, measured in turns. */
async function timed(rounds: number, times: number, contenders: readonly Contender[]): Promise<readonly Timing[]> {
  const samples = new Map(contenders.map(([name]): [string, number[]] => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, , work] of contenders) {
      const startedMs = performance.now();
      for (let i = 0; i < times; i++) await work();
      const micros = (performance.now() - startedMs) * 1000 / times;
      if (round >= 0) samples.get(name)!.push(Math.round(micros * 10) / 10);
    }
  }
  return contenders.map(([name, role]) => ({
    name,
    role,
    median: median(samples.get(name)!),
    samples: samples.get(name)!,
  }));
}
