import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { pipelineOf } from "../../tests/support/pipeline_of.ts";
import { dependencies } from "./dependencies.ts";
import { ancestors, selectSteps, untilData, untilNames, untilStep } from "./select.ts";
import { producersOf, untilSteps } from "./until.ts";

const PIPELINE = pipelineOf({
  data: { a: "a", b: "b", c: "c" },
  pipeline: [
    { name: "get", task: "t.py", outputs: { "-o": "$a" } },
    { name: "plot", task: "t.py", optional: true, group: "extra", inputs: { i: "$a" } },
    { name: "old", task: "t.py", disabled: true, group: "extra" },
    { group: "main", steps: [{ name: "fit", task: "t.py", inputs: { i: "$a" }, outputs: { "-o": "$b" } }] },
    { group: "refine", multi_pass: { count: 2 }, steps: [{ name: "inner", task: "t.py" }] },
    { name: "end", task: "t.py", inputs: { i: "$b" }, outputs: { "-o": "$c" } },
  ],
});

function names(selection: Parameters<typeof selectSteps>[1], include: readonly string[] = []): readonly string[] {
  const { steps, problems } = selectSteps(PIPELINE, selection, include);
  deepEqual(problems, []);
  return steps.map((step) => step.name);
}

Deno.test("selectSteps() takes all but disabled ones and optional ones that are not included", () => {
  deepEqual(names({ mode: "all" }), ["get", "fit", "refine", "end"]);
  deepEqual(names({ mode: "all" }, ["plot"]), ["get", "plot", "fit", "refine", "end"]);
});

Deno.test("selectSteps() takes named steps in the order given, each once, whatever they are", () => {
  deepEqual(names({ mode: "steps", names: ["end", "old", "plot", "end"] }), ["end", "old", "plot"]);
});

Deno.test("selectSteps() goes on from a step in file order, that step filtered too", () => {
  deepEqual(names({ mode: "from", name: "fit" }), ["fit", "refine", "end"]);
  deepEqual(names({ mode: "from", name: "old" }), ["fit", "refine", "end"]);
  deepEqual(names({ mode: "from", name: "plot" }, ["plot"]), ["plot", "fit", "refine", "end"]);
});

Deno.test("selectSteps() takes every member of a group, and a repeated group as one step", () => {
  deepEqual(names({ mode: "group", name: "extra" }), ["plot", "old"]);
  deepEqual(names({ mode: "group", name: "refine" }), ["refine"]);
  deepEqual(names({ mode: "steps", names: ["refine"] }), ["refine"]);
});

Deno.test("selectSteps() refuses unknown names with a hint", () => {
  const problem = (selection: Parameters<typeof selectSteps>[1], include: readonly string[] = []) => {
    const { steps, problems } = selectSteps(PIPELINE, selection, include);
    equal(problems[0].level, "error");
    return `${steps.length} ${problems[0].code}: ${problems[0].message}; ${problems[0].hint}`;
  };
  equal(problem({ mode: "steps", names: ["gett"] }), "0 unknown-step: Unknown step 'gett'; did you mean 'get'?");
  equal(problem({ mode: "from", name: "ends" }), "0 unknown-step: Unknown step 'ends'; did you mean 'end'?");
  match(problem({ mode: "steps", names: ["inner"] }), /belongs to the repeated group 'refine'/);
  match(problem({ mode: "steps", names: ["main"] }), /'main' is a group: use --group/);
  match(problem({ mode: "group", name: "mian" }), /unknown-group: .* did you mean 'main'\?/);
  match(problem({ mode: "all" }, ["plott"]), /unknown-step: Unknown step 'plott'/);
});

Deno.test("selectSteps() warns of a disabled step that is included", () => {
  const { steps, problems } = selectSteps(PIPELINE, { mode: "all" }, ["old"]);
  equal(steps.length, 4);
  deepEqual(problems.map(({ level, code }) => [level, code]), [["warning", "include-disabled"]]);
});

Deno.test("ancestors(), untilStep() and untilData() follow what is waited for", () => {
  const graph = dependencies(PIPELINE, {});
  deepEqual([...ancestors(graph, ["end"])], ["end", "fit", "get"]);
  deepEqual(untilStep(PIPELINE, "end", { dependencies: graph }).map((step) => step.name), ["get", "fit", "end"]);
  const isMade = (step: { name: string }) => step.name === "get";
  deepEqual(untilData(PIPELINE, ["end"], { dependencies: graph, isMade }).map((step) => step.name), ["fit", "end"]);
});

Deno.test("untilNames() tells steps from data; untilSteps() and producersOf() follow what is needed and missing", () => {
  const names = (wanted: { steps?: string[]; producers?: string[] }, there: readonly string[] = []) =>
    untilSteps(PIPELINE, { steps: [], producers: [], ...wanted }, {
      env: {},
      exists: (path) => there.some((name) => path.endsWith(`/${name}`)),
    }).map((step) => step.name);
  deepEqual(names({ steps: ["fit"] }), ["get", "fit"]);
  deepEqual(names({ steps: ["plot"] }), ["get", "plot"]);
  deepEqual(producersOf(PIPELINE, "c", {}), ["end"]);
  deepEqual(names({ producers: ["end"] }), ["get", "fit", "end"]);
  deepEqual(names({ producers: ["end"] }, ["a", "b"]), ["end"]);
  deepEqual(names({ steps: ["end"] }, ["a", "b", "c"]), ["get", "fit", "end"]);
  const { steps, data, problems } = untilNames(PIPELINE, ["fit", "$b", "ends"]);
  deepEqual([steps, data, problems.map(({ hint }) => hint)], [["fit"], ["b"], ["did you mean 'end'?"]]);
});
