import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { AuditEntry } from "../../core/ports/audit.ts";
import type { Store } from "../../core/ports/store.ts";
import { hostStores } from "../../plugins/host/store/mod.ts";
import { eachProject, type Project } from "../support/cli.ts";

const entry: AuditEntry = {
  event: "decided",
  decision: "deny",
  reason: "it is irreversible, and nobody can be asked here",
  origin: "agent",
  policy: {
    actor: "verb deploy",
    action: "deploy v2",
    tier: "irreversible",
    read: [],
    write: [],
    hosts: ["example.org"],
    programs: [],
    variables: ["TOKEN"],
  },
};

const quiet = () => {};

/** Three records in the log that `open` opens. */
function fill(store: Store): void {
  for (const at of [1, 2, 3]) store.audit.append({ ...entry, facts: { at } }, Date.UTC(2026, 0, at));
  store.close();
}

function storesOf(project: Project) {
  const { HOME: home, LOOM_HOME: userState } = project.environment();
  return hostStores({ home, userState });
}

eachProject("loom audit shows what was decided, newest last, and as a document", {}, async (project) => {
  fill(storesOf(project).open(project.folder, quiet));
  const shown = await project.run(["audit", "--limit", "2"]);
  deepEqual(shown.stdout.split("\n"), [
    "TIME                 ORIGIN  TIER          DECISION  ACTOR        ACTION",
    "2026-01-02T00:00:00  agent   irreversible  deny      verb deploy  deploy v2",
    "2026-01-03T00:00:00  agent   irreversible  deny      verb deploy  deploy v2",
    "",
  ]);
  equal(shown.code, 0);
  const { records } = JSON.parse((await project.run(["audit", "--json"])).stdout);
  deepEqual(records.map(({ seq, facts, policy }: AuditEntry & { seq: number }) => [seq, facts, policy.hosts]), [
    [1, { at: 1 }, ["example.org"]],
    [2, { at: 2 }, ["example.org"]],
    [3, { at: 3 }, ["example.org"]],
  ]);
});

eachProject("loom audit --user shows the user's own log", {}, async (project) => {
  fill(storesOf(project).openUser(quiet));
  equal((await project.run(["audit"])).stdout, "Nothing has been decided yet.\n");
  equal((await project.run(["audit", "--user"])).stdout.split("\n").length, 5);
  match((await project.run(["audit", "verify", "--user"])).stdout, /^PASS {2}3 record/);
});

eachProject("loom audit verify finds a record that was changed, and one that is gone", {}, async (project) => {
  fill(storesOf(project).open(project.folder, quiet));
  const whole = await project.run(["audit", "verify"]);
  match(whole.stdout, /^PASS {2}3 record\(s\), unchanged; the last is [0-9a-f]{64}\n$/);
  equal(whole.code, 0);
  change(project, "UPDATE audit SET body = replace(body, 'deny', 'allow') WHERE seq = 2");
  const changed = await project.run(["audit", "verify"]);
  equal(changed.stdout, "FAIL  record 2 was changed after it was written; 1 record(s) before it are unchanged\n");
  equal(changed.code, 1);
  change(project, "DELETE FROM audit WHERE seq = 2");
  const gone = await project.run(["audit", "verify", "--json"]);
  deepEqual(JSON.parse(gone.stdout), { whole: false, seq: 3, why: "gap", count: 1 });
  equal(gone.code, 1);
});

eachProject("loom audit makes nothing where nothing is", {}, async (project) => {
  match((await project.run(["audit", "verify"])).stdout, /^PASS {2}0 record/);
  equal(await project.has(".loom"), false);
});

function change(project: Project, sql: string): void {
  const database = new DatabaseSync(project.path(".loom/loom.db"));
  database.exec(sql);
  database.close();
}
