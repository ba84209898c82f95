import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { GraphSchema } from "../../ui/cli/view/graph_schema.ts";
import { eachProject } from "../support/cli.ts";

const FILES = {
  "raw.csv": "1\n",
  "pipeline.yml": `
data: {raw: {type: csv, path: raw.csv}, mid: {type: json, path: out/mid.json}, end: out/end.txt}
parameters: {lr: 0.1}
pipeline:
  - group: prepare
    steps:
      - {name: first, task: tasks/mix.py, inputs: {raw: $raw}, outputs: {--out: $mid}, args: {--lr: $lr, --name: first}}
  - {name: "second <&> \\"x\\"", task: tasks/mix.py, inputs: {mid: $mid}, outputs: {--out: $end}}
`,
};

eachProject(
  "loom graph writes a picture, and text and JSON with states, durations and parameters",
  FILES,
  async (project) => {
    (await project.run(["pipeline.yml", "--step", "first"])).expect({ code: 0 });
    const json = (await project.run(["graph", "pipeline.yml", "--json"])).expect({ code: 0 });
    const { nodes, edges } = GraphSchema.parse(JSON.parse(json.stdout));
    deepEqual(nodes.map(({ id, state }) => [id, state]), [
      ["group:prepare", null],
      ["step:first", "fresh"],
      ['step:second <&> "x"', "never run"],
      ["data:mid", "present"],
      ["data:raw", "present"],
      ["data:end", "missing"],
      ["parameter:lr", null],
    ]);
    equal(typeof nodes[1].duration_ms, "number");
    deepEqual(edges.map(({ source, target, label }) => `${source} ${label} ${target}`).slice(0, 3), [
      "step:first --out data:mid",
      "data:raw raw step:first",
      "parameter:lr --lr step:first",
    ]);
    (await project.run(["graph", "pipeline.yml", "--out", "p.svg"])).expect({ code: 0, out: ["Wrote p.svg."] });
    const svg = (await project.read("p.svg"))!;
    match(svg, /^<svg xmlns=/);
    for (
      const words of [">first<", "second &#60;&#38;&#62;", ">fresh<", ">never run<", ">not there yet<", ">prepare<"]
    ) {
      ok(svg.includes(words), words);
    }
    // Lines with corners are drawn where places were found; curves are what is left without them.
    equal(/class="line" d="[^"]*C/.test(svg), false);
    (await project.run(["graph", "pipeline.yml"])).expect({ code: 0, out: ["flowchart LR", "subgraph"], not: ["lr"] });
    (await project.run(["graph", "pipeline.yml", "--format", "dot", "--parameters"]))
      .expect({ code: 0, out: ['digraph "pipeline.yml" {', 'label="lr"'] });
  },
);

eachProject("loom graph draws what cannot run, and says what it does not know", {
  "pipeline.yml": "pipeline: [{name: a, task: no.py, inputs: {x: $nobody}}]",
}, async (project) => {
  (await project.run(["graph", "pipeline.yml", "--format", "mermaid"]))
    .expect({ code: 0, out: ["#36;nobody"], err: ["without the states", "nobody"] });
  (await project.run(["graph", "pipeline.yml", "--format", "jpg"])).expect({ code: 2, err: ["'jpg'"] });
  (await project.run(["graph", "pipeline.yml", "--out", "x.png"])).expect({ code: 2, err: ["x.png"] });
  (await project.run(["graph", "pipeline.yml", "--json", "--format", "svg"])).expect({ code: 2, err: ["exclude"] });
  (await project.run(["graph", "none.yml"])).expect({ code: 1, err: ["Config file not found"] });
  ok((await project.run(["schema", "graph"])).expect({ code: 0 }).stdout.includes('"nodes"'));
});
