import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import type { AuditEntry, AuditRecord } from "../../../core/ports/audit.ts";
import { fakeHost } from "../../../tests/support/fake_host.ts";
import { memoryStores } from "../../../tests/support/memory_store.ts";
import type { AuditFlags } from "../words/authority_flags.ts";
import { auditVerb, auditVerifyVerb } from "./audit.ts";

const entry: AuditEntry = {
  event: "decided",
  decision: "ask",
  reason: "it is expensive",
  origin: "human-tty",
  policy: {
    actor: "tool x",
    action: "run\nit",
    tier: "expensive",
    read: [],
    write: [],
    hosts: [],
    programs: [],
    variables: [],
  },
};

/** A project whose log holds these entries, and a hand that can change its records. */
function hostWith(entries: readonly AuditEntry[], change: (records: AuditRecord[]) => void = () => {}) {
  const stores = memoryStores();
  const { audit } = stores.open("/w", () => {});
  for (const [at, it] of entries.entries()) audit.append(it, 1_700_000_000_000 + at * 1_000);
  const records = [...audit.records()];
  change(records);
  const changed = {
    ...audit,
    records: ({ afterSeq = 0, limit = Infinity } = {}) => records.filter(({ seq }) => seq > afterSeq).slice(0, limit),
    newest: (limit: number) => records.slice(-limit),
  };
  const openReadOnly = (project: string) => {
    const store = stores.openReadOnly(project);
    return store && { ...store, audit: changed };
  };
  return fakeHost({ context: { stores: { ...stores, openReadOnly } } });
}

const show = (flags: AuditFlags) => ({ verb: "audit", words: [], flags } as const);
const verify = (flags: AuditFlags) => ({ verb: "audit verify", words: [], flags } as const);

Deno.test("auditVerb() shows the newest last, a line each whatever they say", async () => {
  const host = hostWith([entry, { ...entry, event: "granted" }, { ...entry, event: "done", decision: undefined }]);
  equal(await auditVerb(show({ limit: 2 }), host), 0);
  deepEqual(host.terminal.output().split("\n"), [
    "TIME                 ORIGIN     TIER       DECISION  ACTOR   ACTION",
    "2023-11-14T22:13:21  human-tty  expensive  granted   tool x  run\\u000ait",
    "2023-11-14T22:13:22  human-tty  expensive  done      tool x  run\\u000ait",
    "",
  ]);
});

Deno.test("auditVerb() prints one document with every field", async () => {
  const host = hostWith([entry]);
  equal(await auditVerb(show({ json: true, limit: 0 }), host), 0);
  const { records: [{ seq, at_ms, before, hash, ...rest }] } = JSON.parse(host.terminal.output());
  deepEqual([seq, at_ms, before, hash.length], [1, 1_700_000_000_000, "0".repeat(64), 64]);
  deepEqual(rest, entry);
});

Deno.test("auditVerb() says so where nothing is, also in the user's own log", async () => {
  for (const flags of [{}, { user: true }]) {
    const host = fakeHost();
    equal(await auditVerb(show(flags), host), 0);
    equal(host.terminal.output(), "Nothing has been decided yet.\n");
  }
});

Deno.test("auditVerb() shows what somebody has spoilt, and does not fall over it", async () => {
  const bodies = ["no \u001b[2JJSON", "{}", "null", '{"policy":{"actor":1}}'];
  const host = hostWith(bodies.map(() => entry), (records) => {
    for (const [at, body] of bodies.entries()) records[at] = { ...records[at], body, atMs: 1e300 };
  });
  equal(await auditVerb(show({}), host), 0);
  const lines = host.terminal.output().split("\n");
  match(lines[1], /^- +- +- +unreadable +- +no \\u001b\[2JJSON$/);
  equal(lines.filter((line) => line.includes("unreadable")).length, bodies.length);
});

Deno.test("auditVerifyVerb() gives the number of records and the hash of the last", async () => {
  const host = hostWith([entry, entry]);
  equal(await auditVerifyVerb(verify({}), host), 0);
  match(host.terminal.output(), /^PASS {2}2 record\(s\), unchanged; the last is [0-9a-f]{64}\n$/);
  equal(await auditVerifyVerb(verify({}), fakeHost()), 0);
});

Deno.test("auditVerifyVerb() follows a log that is longer than a page", async () => {
  const host = hostWith(Array.from({ length: 1_001 }, () => entry));
  equal(await auditVerifyVerb(verify({ json: true }), host), 0);
  equal(JSON.parse(host.terminal.output()).count, 1_001);
});

Deno.test("auditVerifyVerb() fails, and names the first record that does not fit", async () => {
  const edit = (records: AuditRecord[]) => void (records[1] = { ...records[1], body: "{}" });
  const host = hostWith([entry, entry, entry], edit);
  equal(await auditVerifyVerb(verify({}), host), 1);
  equal(
    host.terminal.output(),
    "FAIL  record 2 was changed after it was written; 1 record(s) before it are unchanged\n",
  );
  const cut = hostWith([entry, entry, entry], (records) => void records.splice(1, 1));
  equal(await auditVerifyVerb(verify({ json: true }), cut), 1);
  deepEqual(JSON.parse(cut.terminal.output()), { whole: false, seq: 3, why: "gap", count: 1 });
});
