import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { cpSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { discoverTasks } from "../core/python/front_matter.ts";
import { hostFiles } from "../plugins/host/files/mod.ts";
import { eachLoom, type Loom, Project } from "./support/cli.ts";
import type { Outcome } from "./support/outcome.ts";

const EXAMPLES = fileURLToPath(new URL("../examples", import.meta.url));

/** One example, copied into a project, with what it must have made. */
interface Example {
  readonly folder: string;
  /** Steps that run, conditions and switches not counted. */
  readonly tasks: number;
  readonly check: (made: Made) => void;
}

/** A run, in part. */
interface Named {
  readonly id: string;
}

/** Reads files of an example's `output`. */
class Made {
  constructor(readonly folder: string) {}

  text(name: string): string {
    return Deno.readTextFileSync(`${this.folder}/output/${name}`);
  }

  lines(name: string): readonly string[] {
    return this.text(name).trimEnd().split("\n");
  }

  json(name: string): unknown {
    return JSON.parse(this.text(name));
  }

  numbers(name: string): Readonly<Record<string, number>> {
    return this.json(name) as Record<string, number>;
  }

  names(): readonly string[] {
    return [...Deno.readDirSync(`${this.folder}/output`)].map((entry) => entry.name).toSorted();
  }
}

const examples: readonly Example[] = [
  {
    folder: "linear",
    tasks: 3,
    check: (made) => deepEqual(made.json("top.json"), { the: 9, water: 3, wheel: 3, and: 2, runs: 2 }),
  },
  {
    folder: "diamond",
    tasks: 4,
    check: (made) => {
      const { count, distance } = made.numbers("comparison.json");
      equal(count, 1000);
      between(distance, 45, 55);
    },
  },
  {
    folder: "groups",
    tasks: 4,
    check: (made) => {
      equal(made.lines("visits.csv").length, 71);
      for (const table of ["by_page.csv", "by_day.csv"]) equal(sum(made.lines(table).slice(1)), 70);
      equal(made.text("report.html").match(/<table>/g)?.length, 2);
    },
  },
  {
    folder: "loop",
    tasks: 2,
    check: (made) => deepEqual(made.json("total.json"), { files: { apple: 2, bread: 1, cheese: 3 }, total: 6 }),
  },
  {
    folder: "optional",
    tasks: 1,
    check: (made) => {
      deepEqual(made.names(), ["article.html"]);
      match(made.text("article.html"), /<title>On keeping bees<\/title>/);
    },
  },
  {
    folder: "parallel",
    tasks: 5,
    check: (made) => {
      const { pi, points } = made.numbers("pi.json");
      equal(points, 800_000);
      between(pi, Math.PI - 0.01, Math.PI + 0.01);
    },
  },
  {
    folder: "parameters",
    tasks: 3,
    check: (made) => {
      const result = { less: 20057.97, more: 28991.39, difference: 8933.42, currency: "EUR" };
      deepEqual(made.json("result.json"), result);
    },
  },
  {
    folder: "plotting",
    tasks: 3,
    check: (made) => {
      equal(made.lines("smooth.csv").length, 301);
      equal(made.text("signal.svg").match(/<circle/g)?.length, 301);
    },
  },
  {
    folder: "condition",
    tasks: 1,
    check: (made) => {
      deepEqual(made.names(), ["digest.txt"]);
      deepEqual(made.lines("digest.txt").map((line) => line.split(":")[0]), ["Ada", "Ben", "Cleo"]);
    },
  },
  {
    folder: "repeated",
    tasks: 2,
    check: (made) => {
      const models = made.names().filter((name) => name.startsWith("model"));
      deepEqual(models, ["model.json", "model_iter0.json", "model_iter1.json", "model_iter2.json"]);
      deepEqual(made.json("model.json"), made.json("model_iter2.json"));
      between(made.numbers("score.json").loss, 0, 0.015);
    },
  },
  {
    folder: "sandbox",
    tasks: 2,
    check: (made) => {
      deepEqual(made.json("scores/result.json"), { Ada: 4.5, Ben: 1.5, Cleo: 5 });
      deepEqual(made.json("tried/tried.json"), {
        "change a script": "Read-only file system",
        "change the scores": "Read-only file system",
        "leave something in the project": "Read-only file system",
        "look around beside it": ["sandbox"],
        "connect to somewhere": "Network is unreachable",
        "see other programs": false,
        "see variables": [],
      });
    },
  },
  {
    folder: "languages",
    tasks: 4,
    check: (made) => {
      equal(made.text("Lune/warmest.txt"), "mill 18 12.1\n");
      equal(made.text("Lune/chart.svg").match(/<rect/g)?.length, 3);
    },
  },
  {
    folder: "sweep",
    tasks: 3,
    check: (made) => {
      equal(made.text("head.svg").match(/<circle/g)?.length, 300);
      between(made.numbers("metrics.json").filled, 0.27, 0.28);
    },
  },
  {
    folder: "penguins",
    tasks: 8,
    check: (made) => {
      deepEqual(["tidy.csv", "train.csv", "test.csv"].map((name) => made.lines(name).length - 1), [333, 233, 100]);
      const { birds, accuracy, mass_r2, mass_rmse_g } = made.numbers("metrics.json");
      equal(birds, 100);
      between(accuracy, 0.95, 1);
      between(mass_r2, 0.8, 0.95);
      between(mass_rmse_g, 250, 350);
      equal(made.text("figure.svg").match(/fill-opacity/g)?.length, 333 + 3);
      match(made.text("report.md"), /\| Gentoo \| male \| 61 \|/);
    },
  },
];

/** Every folder with a pipeline; `concrete` is run by `analysis_example_test.ts`, with a Python of its own. */
const folders: readonly string[] = [...examples.map((example) => example.folder), "url_source", "concrete"];

for (const example of examples) {
  eachLoom(`examples/${example.folder} makes what it says, once, and cleans up`, async (loom) => {
    await using project = await copied(loom, example.folder);
    await runTwice(project, example);
  });
}

eachLoom("examples/url_source downloads its table once", async (loom) => {
  await using project = await copied(loom, "url_source");
  let downloads = 0;
  const table = Deno.readTextFileSync(`${EXAMPLES}/url_source/served/stations.csv`);
  const onListen = () => undefined;
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen }, () => {
    downloads++;
    return new Response(table);
  });
  const words = ["--var", `stations=http://127.0.0.1:${server.addr.port}/stations.csv`];
  const yearly = ["station,mean", "Hilltop,5.92", "Harbour,9.67", "Valley,9.02"];
  const check = (made: Made) => deepEqual(made.lines("yearly.csv"), yearly);
  await runTwice(project, { folder: "url_source", tasks: 1, check }, words);
  equal(downloads, 1);
});

eachLoom("examples/optional runs the other steps when asked", async (loom) => {
  await using project = await copied(loom, "optional");
  succeeded(await project.run(["optional/pipeline.yml", "--include", "preview"]), 2);
  succeeded(await project.run(["optional/pipeline.yml", "--step", "publish"]), 1);
  deepEqual(new Made(project.path("optional")).names(), ["article.html", "preview.txt", "published.html"]);
});

eachLoom("examples/sweep finds the golden angle", async (loom) => {
  await using project = await copied(loom, "sweep");
  const cwd = "sweep";
  const words = ["pipeline.yml", "--sweep", "angle=136.5..138:0.5", "power=0.4,0.5,0.6"];
  succeeded(await project.run(words, { cwd }), 36);
  const { runs: [{ id }] } = (await project.run(["runs", "--json"], { cwd })).json as { runs: readonly Named[] };
  const best = (await project.run(["best", id, "--metric", "filled", "--max", "--json"], { cwd })).json;
  const { best: { number, parameters } } = best as { best: { number: number; parameters: unknown } };
  equal(number, 8);
  deepEqual(parameters, { angle: 137.5, power: 0.5 });
});

eachLoom("examples/condition goes the other way without letters", async (loom) => {
  await using project = await copied(loom, "condition");
  const outcome = await project.run(["condition/pipeline.yml", "--var", "inbox=empty"]);
  match(outcome.stdout, /\[SKIPPED\] digest \(condition not met\)/);
  equal(outcome.code, 0);
  match(new Made(project.path("condition")).text("reminder.txt"), /Only 0 letters/);
});

Deno.test("every pipeline among the examples is run here, and its README says how", () => {
  const found = [...Deno.readDirSync(EXAMPLES)].map((entry) => entry.name)
    .filter((name) => existsSync(`${EXAMPLES}/${name}/pipeline.yml`));
  deepEqual(found.toSorted(), folders.toSorted());
  const index = Deno.readTextFileSync(`${EXAMPLES}/README.md`);
  for (const folder of folders) {
    const readme = Deno.readTextFileSync(`${EXAMPLES}/${folder}/README.md`);
    ok(readme.includes(`npx -y deno@2.9.6 task loom examples/${folder}/pipeline.yml\n`), folder);
    ok(index.includes(`](${folder})`), folder);
  }
});

Deno.test("every task of the examples says what it takes and gives", () => {
  for (const folder of folders) {
    for (const schema of discoverTasks(`${EXAMPLES}/${folder}/tasks`, hostFiles)) {
      equal(schema.problem, undefined, `${folder}/${schema.name}`);
      ok(schema.description !== "" && schema.inputs.size + schema.outputs.size > 0, `${folder}/${schema.name}`);
    }
  }
});

async function copied(loom: Loom, folder: string): Promise<Project> {
  const project = await Project.make(loom);
  // What a person's own runs left in the checkout does not belong to the example.
  const filter = (path: string) => !/[/\\](output|\.loom|\.loom-url-cache|__pycache__)$/.test(path);
  cpSync(`${EXAMPLES}/${folder}`, project.path(folder), { recursive: true, filter });
  return project;
}

async function runTwice(project: Project, example: Example, words: readonly string[] = []): Promise<void> {
  const [file, folder] = [`${example.folder}/pipeline.yml`, project.path(example.folder)];
  const [before, made] = [treeOf(folder), new Made(folder)];
  succeeded(await project.run([file, ...words]), example.tasks);
  example.check(made);
  const changed = treeOf(`${folder}/output`);
  const again = await project.run([file, "--cached", ...words]);
  equal(again.code, 0, again.stderr);
  deepEqual(tasksRun(again), []);
  deepEqual(again.lines.filter((line) => line.includes(".py")), []);
  deepEqual(treeOf(`${folder}/output`), changed);
  example.check(made);
  const cleaned = await project.run([file, "--clean", "--permanent", "--yes", ...words]);
  equal(cleaned.code, 0, cleaned.stderr);
  deepEqual(treeOf(folder), before);
}

function succeeded(outcome: Outcome, tasks: number): void {
  equal(outcome.code, 0, `${outcome.stdout}\n${outcome.stderr}`);
  equal(tasksRun(outcome).length, tasks, outcome.stdout);
}

// Conditions and switches are asked every time: they make nothing that could be kept.
function tasksRun(outcome: Outcome): readonly string[] {
  return outcome.stdout.split("\n").filter((line) =>
    line.startsWith("[RUNNING]") && !/\((condition: .*|switch)\)$/.test(line)
  );
}

/** Path and time of change of each file, without what loom and Python keep for themselves. */
function treeOf(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    if (name === ".loom" || name === "__pycache__") return [];
    const path = `${folder}/${name}`;
    return isDirectory ? treeOf(path) : [`${path} ${Deno.statSync(path).mtime?.getTime()}`];
  }).toSorted();
}

function between(value: number, low: number, high: number): void {
  ok(value >= low && value <= high, `${value} is not in ${low}..${high}`);
}

function sum(lines: readonly string[]): number {
  return lines.reduce((total, line) => total + Number(line.split(",").at(-1)), 0);
}
