import { strictEqual as equal } from "node:assert/strict";
import { LoomError } from "../../../core/errors.ts";
import type { CleanEntry, CleanOptions, CleanPlan } from "../../../core/run/clean/mod.ts";
import { fakeHost } from "../../../tests/support/fake_host.ts";
import { pipelineOf } from "../../../tests/support/pipeline_of.ts";
import { runCli } from "../main.ts";

const FOLDER: CleanEntry = {
  ...{ key: "frames", path: "/w/out/frames", location: "/w/out/frames", kind: "folder" },
  ...{ fileCount: 3, sample: ["0.png", "1.png"], inside: true },
};
const ABSENT: CleanEntry = { ...FOLDER, key: "gone", path: "/w/gone", kind: "absent", fileCount: 0, sample: [] };
const OUTSIDE: CleanEntry = {
  ...{ key: "far", path: "/far.txt", location: "/far.txt", kind: "file" },
  ...{ fileCount: 1, sample: [], inside: false, refused: "it lies outside the pipeline's folder" },
};

function hostFor(entries: readonly CleanEntry[], options: { input?: readonly string[] } = {}) {
  const plan: CleanPlan = {
    ...{ entries, refused: entries.filter((entry) => entry.refused !== undefined), baseDir: "/w" },
    ...{ protected: [{ key: "raw", path: "/w/raw.csv" }], outputDir: "/w/output", isProtected: () => false },
  };
  const asked: CleanOptions[] = [];
  const host = fakeHost({
    ...options,
    engine: { loadPipeline: () => Promise.resolve({ pipeline: pipelineOf({}), text: "", warnings: [] }) },
    cleaner: {
      pointTargets: () => Promise.resolve([]),
      planClean: () => plan,
      cleanRefused: () => new LoomError("clean-refused", "Nothing was removed"),
      executeClean: (_plan, _context, options) => {
        asked.push(options);
        const action = options.permanent ? "deleted" : "trashed";
        const paths = [{ key: "frames", path: "/w/out/frames", action } as const];
        return Promise.resolve({ cleaned: 1, skipped: 1, failed: 0, paths, emptied: [] });
      },
    },
  });
  return { host, asked };
}

Deno.test("cleanVerb() shows what --clean-list would remove, and removes nothing", async () => {
  const { host, asked } = hostFor([FOLDER, ABSENT, OUTSIDE]);
  equal(await runCli(["p.yml", "--clean-list", "--clean", "-y"], host), 0);
  equal(
    host.terminal.output(),
    `Data that would be cleaned:

  frames: /w/out/frames  [dir, 3 file(s)]
      0.png, 1.png, …
  far: /far.txt  [file, OUTSIDE PIPELINE, REFUSED: it lies outside the pipeline's folder]

Kept, no step makes it: raw

Total: 2 path(s) exist

Missing (would be skipped): 1 file(s)
`,
  );
  equal(asked.length, 0);
});

Deno.test("cleanVerb() asks, and takes only yes for yes", async () => {
  for (const [input, count] of [[["y"], 1], [["YES "], 1], [["no"], 0], [[""], 0], [[], 0]] as const) {
    const { host, asked } = hostFor([FOLDER], { input });
    equal(await runCli(["p.yml", "--clean"], host), 0);
    equal(asked.length, count);
    equal(host.terminal.output().endsWith(count === 0 ? "Cancelled.\n" : "Skipped (not found): 1 file(s)\n"), true);
  }
});

Deno.test("cleanVerb() deletes for good without asking when told to", async () => {
  const { host, asked } = hostFor([FOLDER]);
  equal(await runCli(["p.yml", "--clean", "--permanent", "--yes"], host), 0);
  equal(asked[0].permanent, true);
  equal(host.terminal.output().includes("Permanently deleted: 1 file(s)\n"), true);
});

Deno.test("cleanVerb() removes nothing when one path is refused, and does not even ask", async () => {
  const { host, asked } = hostFor([FOLDER, OUTSIDE], { input: ["y"] });
  equal(await runCli(["p.yml", "--clean"], host), 1);
  equal(asked.length, 0);
  equal(host.terminal.errors(), "error: Nothing was removed\n");
});

Deno.test("cleanVerb() has nothing to do when nothing is there", async () => {
  const { host } = hostFor([ABSENT]);
  equal(await runCli(["p.yml", "--clean"], host), 0);
  equal(host.terminal.output(), "No data files to clean.\n");
});
