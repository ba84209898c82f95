import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { cpSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { eachLoom, type Loom, looms, Project } from "./support/cli.ts";
import { analysisPython } from "./support/python_env.ts";

const EXAMPLE = fileURLToPath(new URL("../examples/concrete", import.meta.url));
const TABLES = ["by_age.csv", "clean.csv", "importance.csv", "predictions.csv", "test.csv", "train.csv"];
const FIGURES = ["data.svg", "fit.svg", "hardening.svg", "importance.svg"];

// Only from source: what takes its time here are the scripts, and the sweep below runs most of them on both.
Deno.test("examples/concrete goes from the raw table to an error and four figures", async () => {
  await using project = await copied(looms[0]);
  const env = await environment();
  const first = await project.run(["pipeline.yml"], { env });
  equal(first.code, 0, first.stdout + first.stderr);
  match(first.stdout, /1005 tests of 427 mixes; 25 repeated rows dropped/);
  deepEqual(project.list("output"), [...TABLES, ...FIGURES, "metrics.json", "model.joblib"].toSorted());
  const { rmse_mpa, r2, seen_share } = JSON.parse(await project.read("output/metrics.json") ?? "");
  between(rmse_mpa, 4.5, 4.9);
  between(r2, 0.9, 0.94);
  equal(seen_share, 0);
  for (const name of FIGURES) isFigure(await project.read(`output/${name}`) ?? "");
  const again = await project.run(["pipeline.yml", "--cached"], { env });
  equal(again.code, 0, again.stderr);
  ok(!again.stdout.includes("[RUNNING]"), again.stdout);
});

eachLoom("a sweep of examples/concrete shows that a split by row flatters", async (loom) => {
  await using project = await copied(loom);
  const env = await environment();
  const words = ["sweep.yml", "--sweep", "split=row,mix", "depth=1,4"];
  (await project.run(words, { env })).expect({ out: ["Completed: 11/11 steps succeeded"] });
  const again = await project.run(words, { env });
  again.expect({ out: ["Completed: 11/11 steps succeeded"], not: ["[RUNNING]"] });
  const { runs: [newest] } = (await project.run(["runs", "--json"])).json as { runs: readonly { id: string }[] };
  const points = await pointsOf(project, newest.id);
  deepEqual(points.map(({ parameters }) => `${parameters.split} ${parameters.depth}`), [
    "row 1",
    "row 4",
    "mix 1",
    "mix 4",
  ]);
  const [row, mix] = [points[1].metrics, points[3].metrics];
  between(row.rmse_mpa, 4.1, 4.5);
  between(mix.rmse_mpa, 4.5, 4.9);
  between(row.seen_share, 0.6, 0.9);
  equal(mix.seen_share, 0);
  const diff = (await project.run(["diff", `${newest.id}:2`, `${newest.id}:4`])).expect({
    out: [/split +row +→ +mix/, /rmse_mpa +4\.\d+ +→ +4\.\d+/, /seen_share +0\.\d+ +→ +0/],
  });
  between(diff.lines.length, 10, 50);
});

/** One point of a sweep, as `loom table` tells it. */
interface Point {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, number>>;
}

async function pointsOf(project: Project, id: string): Promise<readonly Point[]> {
  const outcome = await project.run(["table", id, "--json"]);
  equal(outcome.code, 0, outcome.stderr);
  return (outcome.json as { rows: readonly Point[] }).rows;
}

async function copied(loom: Loom): Promise<Project> {
  const project = await Project.make(loom);
  const filter = (path: string) => !/[/\\](output|\.loom|\.venv|__pycache__)$/.test(path);
  cpSync(EXAMPLE, project.folder, { recursive: true, filter });
  return project;
}

/** A home folder of its own would make Matplotlib look for fonts again. */
async function environment(): Promise<Readonly<Record<string, string>>> {
  const python = await analysisPython();
  return { LOOM_PYTHON: python, MPLCONFIGDIR: `${dirname(dirname(python))}/matplotlib` };
}

function isFigure(svg: string): void {
  match(svg, /^<\?xml version="1.0"/);
  match(svg, /<\/svg>\n$/);
  between(svg.length, 10_000, 300_000);
  ok(svg.match(/<path /g)!.length > 20, "empty axes");
}

function between(value: number, low: number, high: number): void {
  ok(value >= low && value <= high, `${value} is not in ${low}..${high}`);
}
