/**
 * Makes the stored loops that every later loom has to read and go on with: `tests/samples/loops/schema_<N>.db`, and what is in
 * it as JSON beside it. Run once for each released schema, never again for an old one:
 * `deno run -A tests/support/make_loop_samples.ts`.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { schemaVersion } from "../../plugins/host/store/schema.ts";
import { driven, Folder, start } from "../chaos/support/children.ts";
import { read } from "../chaos/support/ledger.ts";
import type { Job } from "../chaos/support/victim.ts";

/** Where the samples are. */
export const SAMPLES: string = fileURLToPath(import.meta.resolve("../samples/loops"));

/** One of a sample's runs: its id is the name of its shape. */
export interface SampleRun {
  readonly shape: string;
  readonly length: number;
  /** The point at which its process died, if it did. */
  readonly diedAt?: number;
  /** What it gives in the end. */
  readonly state: unknown;
}

/** Of each shape one run; those with a number died there. */
const RUNS: readonly Omit<SampleRun, "state">[] = [
  { shape: "plain", length: 4 },
  { shape: "nested", length: 2, diedAt: 22 },
  { shape: "parallel", length: 2, diedAt: 15 },
  { shape: "paused", length: 3, diedAt: 20 },
  { shape: "backtracked", length: 6, diedAt: 44 },
  { shape: "candidates", length: 2, diedAt: 21 },
];

/** Takes away what is this machine's own: whoever holds the runs, folders in stacks. And makes the file small. */
function scrub(path: string): void {
  const database = new DatabaseSync(path);
  database.exec("UPDATE leases SET host = 'sample', expires_at = 1");
  database.exec("UPDATE loops SET error_stack = NULL");
  database.exec("PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM");
  database.close();
}

async function make(): Promise<void> {
  using folder = new Folder();
  const runs: SampleRun[] = [];
  for (const { shape, length, diedAt } of RUNS) {
    const job: Job = { shape, length, folder: folder.sub(shape), id: shape };
    const [{ state }] = await driven(job);
    runs.push({ shape, length, diedAt, state });
    await start({ ...job, folder: folder.path, killAt: diedAt }).ended;
  }
  scrub(join(folder.path, "loop.db"));
  const rows = Object.fromEntries(
    await Promise.all(runs.map(async ({ shape }) => {
      return [shape, await read({ folder: folder.path }, shape)];
    })),
  );
  Deno.mkdirSync(SAMPLES, { recursive: true });
  const name = join(SAMPLES, `schema_${schemaVersion}`);
  const database = new DatabaseSync(join(folder.path, "loop.db"));
  // Reading has made it a database with a log again.
  database.exec("PRAGMA journal_mode = DELETE");
  database.close();
  Deno.copyFileSync(join(folder.path, "loop.db"), `${name}.db`);
  Deno.writeTextFileSync(`${name}.json`, `${JSON.stringify({ runs, rows }, null, 2)}\n`);
}

if (import.meta.main) await make();
