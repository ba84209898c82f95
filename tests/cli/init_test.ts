import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eachProject } from "../support/cli.ts";

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));

/** A chain whose defaults name the same files, and scripts that do what they say. */
const SCRIPTS = {
  "work/make.py": `import argparse
p = argparse.ArgumentParser()
p.add_argument("--output", default="numbers.csv")
p.add_argument("--count", type=int, default=3)
p.add_argument("--seed", type=int, default=7)
a = p.parse_args()
open(a.output, "w").write("\\n".join(str(i * a.seed) for i in range(a.count)))
`,
  "work/total.py": `import argparse
p = argparse.ArgumentParser()
p.add_argument("numbers", nargs="?", default="./numbers.csv")
p.add_argument("--save-to", default="out/total.json", help="where to write the total")
p.add_argument("--seed", type=int, default=7)
a = p.parse_args()
open(a.save_to, "w").write(str(sum(int(line) for line in open(a.numbers))))
`,
};

eachProject(
  "loom init drafts a pipeline that runs at once where defaults tell everything",
  SCRIPTS,
  async (project) => {
    const dry = (await project.run(["init", "work", "--dry-run"])).expect({ code: 0, out: ["task: make.py"] });
    equal(await project.has("work/pipeline.yml"), false);
    (await project.run(["init", "work"])).expect({
      code: 0,
      out: ["Wrote work/pipeline.yml: 2 steps, 1 parameter.", "after make", "loom check work/pipeline.yml"],
    });
    equal(await project.read("work/pipeline.yml"), dry.stdout);
    (await project.run(["check", "work/pipeline.yml"])).expect({ code: 0 });
    (await project.run(["work/pipeline.yml", "--set", "seed=2"])).expect({ code: 0, out: ["Completed: 2/2"] });
    equal(await project.read("work/out/total.json"), "6");
    (await project.run(["init", "work"])).expect({ code: 1, err: ["is there already", "--force"] });
    const json = (await project.run(["init", "work", "--json", "--force"])).expect({ code: 0 });
    const { written, steps, choices } = JSON.parse(json.stdout);
    deepEqual([written, steps.map(({ name }: { name: string }) => name), choices], [true, ["make", "total"], []]);
    (await project.run(["init", "none"])).expect({ code: 2, err: ["none"] });
    (await project.run(["init", "work", "--out", "other.yml"])).expect({ code: 2, err: ["--out"] });
    await project.write({ "empty/": "" });
    (await project.run(["init", "empty"])).expect({ code: 1, err: ["no script"] });
  },
);

const COPIED = ["diamond", "groups", "penguins"];

eachProject(
  "loom init drafts from the scripts of the examples, and marks all that is wrong as to be chosen",
  {},
  async (project) => {
    for (const example of COPIED) {
      await copy(join(EXAMPLES, example), project.path(example));
      (await project.run(["init", example])).expect({ code: 0 });
      const lines = (await project.read(`${example}/pipeline.yml`))!.split("\n");
      // What is wrong with it is what there was to choose, and nothing else.
      const { problems } = JSON.parse((await project.run(["check", `${example}/pipeline.yml`, "--json"])).stdout);
      const errors = problems.filter(({ level }: { level: string }) => level === "error");
      for (const { line, message } of errors) ok(lines[line - 1].includes("# choose:"), message);
    }
    const penguins = await project.read("penguins/pipeline.yml");
    ok(penguins!.includes("inputs: { test: $test, species_model: $fit_species, mass_model: $fit_mass }"), penguins);
  },
);

/** The example without its pipeline and what it made. */
async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name.startsWith(".") || name === "output" || name.endsWith(".yml")) continue;
    if (isDirectory) await copy(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}
