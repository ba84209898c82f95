import { strictEqual as equal } from "node:assert/strict";
import { loop, sqliteStore } from "../../mod.ts";
import { z } from "zod";
import { temporaryFolder } from "../contract/temporary.ts";

/** Open files of this process, the folder that is read for it not counted. */
function openFiles(folder: string): readonly string[] {
  const links = [...Deno.readDirSync("/proc/self/fd")].flatMap(({ name }) => {
    try {
      return [Deno.readLinkSync(`/proc/self/fd/${name}`)];
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  });
  return links.filter((link) => link.startsWith(folder)).map((link) => link.slice(folder.length + 1)).toSorted();
}

Deno.test("loop() keeps one connection open while it runs, and none when it is over", async () => {
  using temporary = temporaryFolder();
  const folder = Deno.realPathSync(temporary.path);
  const file = `${folder}/loops.db`;
  const seen = new Set<string>();
  const count = loop({
    name: "count",
    state: z.number(),
    budget: { iterations: 100 },
    checkpoint: file,
    step: async (n, ctx) => {
      seen.add(openFiles(folder).join(" "));
      return await ctx.once("next", () => n + 1);
    },
  });
  const { runId, steps } = await count.run(0);
  await count.resume(runId);
  equal(steps, 100);
  equal([...seen].join("; "), "loops.db loops.db-shm loops.db-wal");
  equal(openFiles(folder).join(" "), "");
});

Deno.test("loop() leaves a store that it was given open, for whoever gave it", async () => {
  using temporary = temporaryFolder();
  const folder = Deno.realPathSync(temporary.path);
  const store = sqliteStore(`${folder}/loops.db`);
  const count = loop({
    name: "count",
    state: z.number(),
    budget: { iterations: 2 },
    checkpoint: store,
    step: (n) => n + 1,
  });
  await count.run(0);
  equal(openFiles(folder).length, 3);
  store.close();
  equal(openFiles(folder).length, 0);
});
