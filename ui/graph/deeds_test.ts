import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { editPipeline, readValue } from "../../core/edit/mod.ts";
import { readPipelineText } from "../../core/graph/text/mod.ts";
import { align } from "./align.ts";
import { addCopy, addParameter, removeBoxes, renameBox, setParameter } from "./boxes.ts";
import { type Canvas, canvasOf } from "./canvas.ts";
import { copyText, paste } from "./clipboard.ts";
import { connect, disconnect, fitting } from "./connect.ts";
import type { Gesture, Refused } from "./gesture.ts";
import { dissolve, leaveGroup, makeGroup, moveIntoGroup, onceOnly, repeatGroup } from "./groups.ts";
import { boxHeight } from "./sizes.ts";
import { untaken } from "./look.ts";
import { endLoop, makeLoop } from "./loops.ts";
import { valueOfText } from "./typed_text.ts";

const TEXT = `data:
  raw: {path: raw.csv, type: csv}
  model: {path: model.json, type: json}
  pics: {path: pics, type: image_directory}
  one: {path: 1.png, type: image, nested_in: $pics}
parameters:
  lr: 0.1  # by hand
pipeline:
  # trains
  - name: train
    task: train.py  # why
    inputs: {table: $raw}
    outputs: {--out: $model}
    args: {--lr: $lr, --resume: none}
  - name: score
    task: score.py
    inputs: {model: $model}
    args: {--lr: $lr}
  - {name: many, kind: condition, predicate: param, inputs: {data: $lr}}
  - {name: route, kind: switch, condition: $many, data: $raw}
  - {name: shout, task: shout.py, inputs: {x: $route.else}}
editor:
  parameterRefs:
    param_lr_ref_1: {parameter: lr, edges: ["score:--lr"]}
layout:
  train: {x: 10, y: 20}
  data_raw: {x: 0, y: 0}
`;

async function read(text = TEXT) {
  const { pipeline, value, problems } = await readPipelineText(text, "/p/pipeline.yml");
  deepEqual(problems.filter(({ level }) => level === "error"), []);
  return { pipeline, value, canvas: canvasOf(pipeline, { value }) };
}

async function edited(answer: Gesture | Refused, text = TEXT): Promise<string> {
  if ("refused" in answer) throw new Error(answer.refused);
  return (await editPipeline(text, answer.edits)).text;
}

const line = ({ lines }: Canvas, start: string) => lines.find(({ id }) => id.startsWith(start))!;
const groupNamed = ({ groups }: Canvas, name: string) => groups.find((group) => group.name === name);
const box = ({ boxes }: Canvas, id: string) => boxes.find((box) => box.id === id)!;

Deno.test("a copy of a parameter has the lines that the file gives it, takes over others, and gives them back", async () => {
  const { canvas } = await read();
  equal(line(canvas, "param_lr_ref_1|").target, "score");
  const ends = { source: "param_lr_ref_1", sourceHandle: "value", target: "train", targetHandle: "arg:--lr" };
  const both = await edited(connect(canvas, ends));
  match(both, /edges: \["score:--lr", "?train:--lr"?\]/);
  const next = (await read(both)).canvas;
  equal(next.lines.filter(({ source }) => source === "param_lr_ref_1").length, 2);
  const back = await edited(connect(next, { ...ends, source: "param_lr" }), both);
  equal((await read(back)).canvas.lines.filter(({ source }) => source === "param_lr_ref_1").length, 1);
  const alone = await edited(removeBoxes(canvas, new Set(["param_lr_ref_1"])));
  equal(line((await read(alone)).canvas, "param_lr|value|score").targetHandle, "arg:--lr");
  const more = await edited(addCopy(canvas, "lr", { x: 1, y: 2 }));
  ok(box((await read(more)).canvas, "param_lr_ref_2").copyOf === "lr");
  const renamed = (await read(await edited(renameBox(box(canvas, "param_lr_ref_1"), "rate")))).canvas;
  deepEqual(renamed.boxes.flatMap(({ kind, label }) => kind === "parameter" ? [label] : []), ["rate", "rate"]);
});

Deno.test("steps are grouped, put elsewhere, repeated with their comments, and set free as they were", async () => {
  const { canvas, value } = await read();
  const grouped = await edited(makeGroup(canvas, new Set(["train", "score"]), "fit"));
  const on = await read(grouped);
  deepEqual(groupNamed(on.canvas, "fit")?.members, ["train", "score"]);
  const repeated = await edited(repeatGroup(groupNamed(on.canvas, "fit")!, on.value, 4), grouped);
  match(repeated, /- group: fit\n {4}multi_pass:\n {6}count: 4\n/);
  match(repeated, /# trains\n +- name: train\n +task: train\.py {2}# why/);
  const twice = await read(repeated);
  equal(groupNamed(twice.canvas, "fit")?.summary, "×4");
  const back = connect(twice.canvas, {
    ...{ source: "score", sourceHandle: "out:--x", target: "train", targetHandle: "arg:--resume" },
  });
  ok("refused" in back);
  const once = await edited(onceOnly(groupNamed(twice.canvas, "fit")!), repeated);
  ok(!once.includes("multi_pass"));
  const free = await edited(dissolve(twice.canvas, "fit"), repeated);
  deepEqual((await read(free)).pipeline.steps.map(({ name }) => name).slice(0, 2), ["train", "score"]);
  const out = await edited(leaveGroup(on.canvas, new Set(["score"])), grouped);
  const moved = await edited(moveIntoGroup((await read(out)).canvas, new Set(["shout"]), "fit"), out);
  deepEqual(groupNamed((await read(moved)).canvas, "fit")?.members, ["train", "shout"]);
  ok("refused" in makeGroup(canvas, new Set(["data_raw"])));
  ok("refused" in repeatGroup(groupNamed(on.canvas, "fit")!, value, 1.5));
});

Deno.test("a way back inside a repeated group is feedback, and can be cut", async () => {
  const text = `data: {g: {path: g.npz}}
pipeline:
  - group: refine
    multi_pass: {count: 2}
    steps:
      - {name: train, task: t.py, outputs: {--out: $g}, args: {--resume: none}}
      - {name: score, task: s.py, inputs: {g: $g}, outputs: {--best: best.txt}}
`;
  const { canvas } = await read(text);
  const ends = { source: "score", sourceHandle: "out:--best", target: "train", targetHandle: "arg:--resume" };
  const fed = await edited(connect(canvas, ends), text);
  const on = (await read(fed)).canvas;
  ok(on.lines.some(({ feedback, source }) => feedback && source === "score"));
  ok(fitting(canvas, "score", "out:--best").has("train|arg:--resume"));
  const cut = await edited(disconnect(on, on.lines.find(({ feedback }) => feedback)!), fed);
  ok(!(await read(cut)).canvas.lines.some(({ feedback }) => feedback));
});

Deno.test("a step becomes a loop over what it took, and a plain step again", async () => {
  const { canvas } = await read();
  const looped = await edited(makeLoop(box(canvas, "train")));
  const on = (await read(looped)).canvas;
  equal(box(on, "train").type, "loop");
  deepEqual([line(on, "data_raw|value|train").targetHandle, line(on, "train|into").target], ["over", "data_model"]);
  const plain = (await read(await edited(endLoop(box(on, "train")), looped))).canvas;
  deepEqual(plain.lines.map(({ id }) => id).toSorted(), canvas.lines.map(({ id }) => id).toSorted());
  ok("refused" in makeLoop(box(canvas, "route")));
});

Deno.test("what is removed leaves no reference behind, and what is still needed in another way is named", async () => {
  const { canvas } = await read();
  const without = await edited(removeBoxes(canvas, new Set(["data_raw", "param_lr", "many", "route"])));
  ok(!/\$raw|\$lr|\$route|parameterRefs/.test(without));
  await read(without);
  const folder = await edited(removeBoxes(canvas, new Set(["data_pics", "data_one"])));
  ok(!folder.includes("pics"));
  const kept = await edited(removeBoxes(canvas, new Set(["data_pics"])));
  ok(!kept.includes("nested_in"));
  ok("refused" in removeBoxes(canvas, new Set(["many"])));
  const noted = `${TEXT}matrix: {lr: [1, 2]}\n`;
  await rejects(editPipeline(noted, [{ kind: "remove", path: ["data", "raw"] }]), { code: "still-used" });
});

Deno.test("a selection is copied as text and pasted with new names, its lines inside and to neighbours kept", async () => {
  const { pipeline, value, canvas } = await read();
  const ids = new Set(["train", "data_model", "score"]);
  const places = new Map([["train", { x: 10, y: 20 }], ["score", { x: 300, y: 20 }]]);
  const text = await copyText({ pipeline, value }, { ids, places });
  await readPipelineText(text, "/p/p.yml");
  const answer = await paste(text, canvas) as Gesture;
  deepEqual(new Set(answer.select), new Set(["train_2", "score_2", "data_model_2"]));
  const pasted = await edited(answer);
  const on = (await read(pasted)).canvas;
  ok(on.lines.some(({ source, target }) => source === "train_2" && target === "data_model_2"));
  ok(on.lines.some(({ source, target }) => source === "data_model_2" && target === "score_2"));
  ok(on.lines.some(({ source, target }) => source === "data_raw" && target === "train_2"));
  match(pasted, /train_2: ?\{ ?x: 50, y: 60 ?\}/);
  const beside = await edited(await paste(text, canvas, { places }));
  const at = new Map(beside.matchAll(/^ {2}(\w+): \{x: (-?\d+), y: (-?\d+)\}/gm).map(([, id, x, y]) => [id, [+x, +y]]));
  deepEqual([at.get("score_2")![0] - at.get("train_2")![0], at.get("score_2")![1] - at.get("train_2")![1]], [290, 0]);
  const [[left, top], height] = [at.get("train_2")!, boxHeight(box(canvas, "train"))];
  ok(left >= 568 || top >= 20 + height || top + height <= 20, `beside what was copied, not on it: ${left}, ${top}`);
  ok("refused" in await paste("no pipeline", canvas) && "refused" in await paste("{a: [", canvas));
});

Deno.test("a repeated group is copied with how often it is run, and its feedback leads between the copies", async () => {
  const text = `data: {raw: {path: raw.csv}}
pipeline:
  - group: refine
    multi_pass: {schedule: [{lr: 0.1}, {lr: 0.01}], feedback: {fit.--best: fit.--resume}}
    steps:
      - {name: fit, task: f.py, inputs: {r: $raw}, outputs: {--best: best.npz}, args: {--lr: $lr}}
      - {name: judge, task: j.py, inputs: {n: best.npz}}
`;
  const { pipeline, value, canvas } = await read(text);
  const copied = await copyText({ pipeline, value }, { ids: new Set(["fit", "judge"]), places: new Map() });
  const on = (await read(await edited(await paste(copied, canvas), text))).canvas;
  deepEqual(groupNamed(on, "refine_2"), {
    ...{ name: "refine_2", members: ["fit_2", "judge_2"], isRepeated: true, summary: "×2" },
  });
  ok(on.lines.some(({ feedback, source, target }) => feedback && source === "fit_2" && target === "fit_2"));
  ok(on.lines.some(({ source, target }) => source === "data_raw" && target === "fit_2"));
  const half = await copyText({ pipeline, value }, { ids: new Set(["judge"]), places: new Map() });
  ok(!half.includes("multi_pass"));
});

Deno.test("an argument that the script cannot do without keeps its place when its line goes", async () => {
  const { pipeline, value } = await read();
  const facts = {
    inputs: new Map(),
    outputs: new Map(),
    args: new Map([["--lr", "float"]]),
    required: new Set(["--lr"]),
  };
  const canvas = canvasOf(pipeline, { value, taskOf: () => facts });
  const text = await edited(disconnect(canvas, line(canvas, "param_lr|value|train")));
  const next = await readPipelineText(text, "/p/pipeline.yml");
  const train = box(canvasOf(next.pipeline, { value: next.value, taskOf: () => facts }), "train");
  const { type, isOffered } = train.handles.find(({ id }) => id === "arg:--lr")!;
  deepEqual([type, isOffered], ["float", true]);
  ok(!box(canvasOf(next.pipeline, { value: next.value }), "train").handles.some(({ id }) => id === "arg:--lr"));
});

const DECLARED = {
  inputs: new Map([["a", "csv"], ["b", "csv"]]),
  outputs: new Map([["-o", "csv"]]),
  args: new Map(["--p", "--q", "--learning-rate", "--s", "--t"].map((flag) => [flag, "float"])),
  required: new Set(["--t"]),
};

Deno.test("where data goes, its place in inputs and outputs goes too, as far as no input behind it would move up", async () => {
  const text = `data: {x: {path: x.csv}, y: {path: y.csv}, o: {path: o.csv}}
pipeline:
  - {name: one, task: t.py, inputs: {a: $x, b: $y}, outputs: {-o: $o}}
`;
  const { canvas } = await read(text);
  const without = async (...ids: readonly string[]) =>
    (await edited(removeBoxes(canvas, new Set(ids)), text)).split("\n").find((line) => line.includes("name: one"));
  equal(await without("data_y"), "  - {name: one, task: t.py, inputs: {a: $x}, outputs: {-o: $o}}");
  equal(await without("data_x", "data_y", "data_o"), "  - {name: one, task: t.py, inputs: {}, outputs: {}}");
  match(await without("data_x") ?? "", /inputs: \{a: (null)?, b: \$y\}/);
});

Deno.test("declared inputs get their places in their order, and unused arguments a handle each or one for all", async () => {
  const text = `data: {x: {path: x.csv}}
parameters: {learning_rate: 1, odd: 2}
pipeline:
  - {name: one, task: t.py}
  - {name: two, task: t.py, args: {--p: 1, --q: 2}}
`;
  const { pipeline, value } = await read(text);
  const canvas = canvasOf(pipeline, { value, taskOf: () => DECLARED });
  const args = (id: string) => box(canvas, id).handles.flatMap(({ id }) => id.startsWith("arg:") ? [id] : []);
  deepEqual(args("one"), ["arg:--t", "arg:"]);
  deepEqual(args("two"), ["arg:--p", "arg:--q", "arg:--t", "arg:--learning-rate", "arg:--s"]);
  const to = (source: string, targetHandle: string) =>
    connect(canvas, { source, sourceHandle: "value", target: "one", targetHandle });
  match(await edited(to("param_learning_rate", "arg:"), text), /args:\s*\{?\s*"?--learning-rate"?: \$learning_rate/);
  ok("refused" in to("param_odd", "arg:"));
  match(await edited(to("param_odd", "arg:--s"), text), /--s"?: \$odd/);
  match(await edited(to("data_x", "in:b"), text), /inputs:\s*\{?\s*a:[^$]*b: \$x/);
});

Deno.test("a parameter that is added is spelled as it was typed", async () => {
  const { pipeline } = await read();
  for (const typed of ["010", "0x1f", "1_000", "1.50", "yes", "word"]) {
    const text = await edited(addParameter(pipeline, "new", readValue(typed), { x: 0, y: 0 }));
    match(text, new RegExp(`^ +new: ${typed}$`, "m"));
  }
});

Deno.test("a parameter's value is one changed place of the file", async () => {
  equal(await edited(setParameter("lr", valueOfText("0.20", "number"))), TEXT.replace("lr: 0.1  #", "lr: 0.20  #"));
});

Deno.test("the steps of the branch that is not taken are known", async () => {
  const { canvas } = await read();
  deepEqual([...untaken(canvas, new Map([["route", "then"]]))], ["shout"]);
});

Deno.test("boxes are brought into line and get the same gaps", () => {
  const rect = (x: number, y: number) => ({ x, y, width: 10, height: 10 });
  const rects = new Map([["a", rect(0, 5)], ["b", rect(12, 40)], ["c", rect(80, 9)]]);
  const places = (answer: Gesture | Refused) =>
    "edits" in answer ? answer.edits.map((edit) => edit.kind === "place_node" ? [edit.node, edit.x, edit.y] : []) : [];
  deepEqual(places(align(rects, "left")), [["a", 0, 5], ["b", 0, 40], ["c", 0, 9]]);
  deepEqual(places(align(rects, "columns")), [["a", 0, 5], ["b", 40, 40], ["c", 80, 9]]);
  ok("refused" in align(new Map([["a", rect(0, 0)]]), "left"));
});
