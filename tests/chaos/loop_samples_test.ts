/**
 * Stored loops of every released schema: they show what they showed, and those that died go on.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { schemaVersion } from "../../plugins/host/store/schema.ts";
import { type SampleRun, SAMPLES } from "../support/make_loop_samples.ts";
import { driven, Folder } from "./support/children.ts";
import { type Family, isConsistent, onlyGrew, read } from "./support/ledger.ts";

interface Sample {
  readonly runs: readonly SampleRun[];
  readonly rows: Readonly<Record<string, Family>>;
}

const names = [...Deno.readDirSync(SAMPLES)].map(({ name }) => name).filter((name) => name.endsWith(".db")).sort();

Deno.test("there is a sample of stored loops of this schema", () => {
  const own = `schema_${schemaVersion}.db`;
  ok(names.includes(own), `there is no ${own}: make it with deno run -A tests/support/make_loop_samples.ts`);
});

for (const name of names) {
  const { runs, rows }: Sample = JSON.parse(Deno.readTextFileSync(join(SAMPLES, name.replace(/db$/, "json"))));
  for (const { shape, length, state, diedAt } of runs) {
    Deno.test(`a stored loop (${shape}) of ${name} shows what it showed and comes to its end`, async () => {
      using folder = new Folder();
      Deno.copyFileSync(join(SAMPLES, name), join(folder.path, "loop.db"));
      const before = await read({ folder: folder.path }, shape);
      // As JSON: a member that is absent and one that is undefined are the same.
      deepEqual(JSON.parse(JSON.stringify(before)), rows[shape]);
      isConsistent(before);
      const [said] = await driven({ shape, length, folder: folder.path, id: shape });
      deepEqual([said.status, said.state], ["completed", state]);
      const after = await read({ folder: folder.path }, shape);
      onlyGrew(before, after);
      isConsistent(after);
      ok(diedAt === undefined || after[0].events.length > before[0].events.length);
    });
  }
}
