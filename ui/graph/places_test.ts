import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { readPipelineText } from "../../core/graph/text/mod.ts";
import { type Canvas, canvasOf } from "./canvas.ts";
import { freePlace, placesAmong } from "./free_place.ts";
import { feedbackDepths, placedGroups } from "./groups.ts";
import { nextBox } from "./next_box.ts";
import { inColumns } from "./columns.ts";
import { layOutGroups } from "./group_layout.ts";
import { withoutParameters, withParameters } from "./parameter_columns.ts";
import { canBeSeen, seenNow, withPreviews } from "./previews.ts";
import { around, boxHeight, handlePlace, overlaps, type Point, rectOf } from "./sizes.ts";
import { Spatial } from "./spatial.ts";
import { waysAround } from "./ways.ts";

const TEXT = `data:
  raw: {path: raw.csv, type: csv}
  half: {path: half.csv, type: csv}
  far: {path: "https://example.com/a.csv"}
parameters: {lr: 0.1, n: 2}
pipeline:
  - {name: clean, task: c.py, inputs: {t: $raw}, outputs: {--out: $half}, args: {--n: $n, --lr: $lr}}
  - {name: train, task: t.py, group: fit, inputs: {t: $half}}
  - {name: other, task: o.py}
`;

async function read(text = TEXT): Promise<Canvas> {
  const { pipeline, value } = await readPipelineText(text, "/p/pipeline.yml");
  return canvasOf(pipeline, { value });
}

const rectsOf = ({ boxes }: Canvas, places: ReadonlyMap<string, Point>) =>
  new Map(boxes.flatMap((box) => places.has(box.id) ? [[box.id, rectOf(box, places.get(box.id)!)] as const] : []));

Deno.test("a new box stands between what its lines join, and covers none", async () => {
  const canvas = await read();
  const known = new Map([["clean", { x: 0, y: 0 }], ["train", { x: 800, y: 0 }], ["other", { x: 400, y: 0 }]]);
  const found = placesAmong(canvas, known, new Map([["data_far", { x: 5, y: 900 }]]));
  const half = found.get("data_half")!;
  ok(half.x > 268 && half.x < 800, `between both: ${half.x}`);
  deepEqual(found.get("data_far"), { x: 5, y: 900 });
  const rects = [...rectsOf(canvas, new Map([...known, ...found])).values()];
  for (const one of rects) ok(!rects.some((other) => other !== one && overlaps(one, other)));
  ok(found.get("data_raw")!.x < 0 && found.get("param_lr")!.x < 0, "what comes before stands on the left");
});

Deno.test("a free place is in view as long as there is room", () => {
  const view = { x: 0, y: 0, width: 1000, height: 600 };
  const taken = [{ x: 300, y: 0, width: 400, height: 600 }];
  const wanted = { x: 400, y: 200, width: 200, height: 100 };
  const place = freePlace(wanted, taken, view);
  ok(place.x + 200 <= 300 || place.x >= 700);
  ok(place.x >= 0 && place.x + 200 <= 1000 && place.y >= 0 && place.y + 100 <= 600);
  const full = freePlace(wanted, [view], view);
  ok(!overlaps({ ...wanted, ...full }, view), "beyond it, where it is full");
});

Deno.test("lines go around boxes that stand in their way, and lines that do not meet any go straight", async () => {
  const canvas = await read();
  const boxes = new Map(canvas.boxes.map((box) => [box.id, box]));
  const line = canvas.lines.find(({ source }) => source === "data_half")!;
  const places = new Map([["data_half", { x: 0, y: 0 }], ["train", { x: 900, y: 0 }], ["other", { x: 450, y: 0 }]]);
  const spatial = new Spatial(rectsOf(canvas, places));
  const across = waysAround([line], boxes, spatial).get(line.id)!;
  ok(across < 0 || across > boxHeight(boxes.get("other")!));
  const free = new Map([...places, ["other", { x: 450, y: 700 }]]);
  equal(waysAround([line], boxes, new Spatial(rectsOf(canvas, free))).size, 0);
  const back = new Map([["data_half", { x: 900, y: 0 }], ["train", { x: 0, y: 400 }]]);
  const way = waysAround([line], boxes, new Spatial(rectsOf(canvas, back))).get(line.id)!;
  ok(way > 76 && way < 400, "what leads back goes between the rows");
});

Deno.test("parameters stand left of their step in the order of its handles, below the lines into its inputs", async () => {
  const canvas = await read();
  const { canvas: main, margins } = withoutParameters(canvas);
  const boxes = main.boxes.map((box) => ({ id: box.id, width: 500, height: boxHeight(box) }));
  const laid = inColumns(boxes, main.lines);
  const places = withParameters(canvas, new Map(laid.map(({ id, x, y }) => [id, { x, y }])), margins);
  const step = canvas.boxes.find(({ id }) => id === "clean")!;
  const [at, n, lr] = ["clean", "param_n", "param_lr"].map((id) => places.get(id)!);
  ok(n.x + 164 < at.x && n.x === lr.x && n.y < lr.y);
  ok(n.y > at.y + handlePlace(step, "in:t")!.y);
});

Deno.test("arrow keys go to the nearest box that way", () => {
  const rect = (x: number, y: number) => ({ x, y, width: 10, height: 10 });
  const rects = new Map([["a", rect(0, 0)], ["b", rect(100, 5)], ["c", rect(40, 90)], ["d", rect(300, 0)]]);
  equal(nextBox(rects, "a", [1, 0]), "b");
  equal(nextBox(rects, "b", [1, 0]), "d");
  equal(nextBox(rects, "a", [0, 1]), "c");
  equal(nextBox(rects, "a", [-1, 0]), undefined);
  equal(nextBox(rects, undefined, [1, 0]), "a");
  equal(nextBox(rects, undefined, [1, 0], { x: 250, y: 0, width: 100, height: 100 }), "d");
});

Deno.test("boxes of data have room for a look into a file that is there and can be seen", async () => {
  const canvas = await read();
  const fact = (key: string, path: string, exists = "exists", kind = "file") => ({ key, path, exists, kind });
  const facts = [
    fact("raw", "raw.csv"),
    fact("half", "half.csv", "missing"),
    fact("net", "net.npz"),
    fact("d", "a.zip", "exists", "folder"),
  ];
  const keys = seenNow(facts);
  deepEqual([...keys], ["raw", "d"]);
  const seen = withPreviews(canvas, keys);
  const box = (of: Canvas, id: string) => of.boxes.find((box) => box.id === id)!;
  ok(boxHeight(box(seen, "data_raw")) > boxHeight(box(canvas, "data_raw")));
  equal(box(seen, "data_half"), box(canvas, "data_half"));
  equal(withPreviews(seen, keys), seen);
  equal(boxHeight(box(withPreviews(seen, new Set()), "data_raw")), boxHeight(box(canvas, "data_raw")));
  ok(canBeSeen("a.py") && !canBeSeen("") && !canBeSeen("https://example.com/a.csv"));
});

Deno.test("a group's box takes in what only it has to do with, as long as that stands beside it", async () => {
  const text = `data: {g: {path: g.json}, raw: {path: r.csv}}
parameters: {lr: 1}
pipeline:
  - {name: before, task: b.py, inputs: {r: $raw}}
  - group: refine
    multi_pass: {count: 2, feedback: {a.--x: a.--y, b.--x: a.--z}}
    steps:
      - {name: a, task: a.py, inputs: {r: $raw}, outputs: {--x: x.txt, --g: $g}, args: {--lr: $lr}}
      - {name: b, task: b.py, inputs: {g: $g}, outputs: {--x: y.txt}}
`;
  const canvas = await read(text);
  const boxes = new Map(canvas.boxes.map((box) => [box.id, box]));
  const places = new Map([
    ...[["a", 0, 0], ["b", 600, 0], ["data_g", 320, 160], ["param_lr", -200, 40], ["data_raw", -200, 200]] as const,
  ].map(([id, x, y]) => [id, { x, y }] as const));
  const [placed] = placedGroups(canvas, boxes, places);
  deepEqual(placed.inside, ["a", "b", "data_g", "param_lr"]);
  ok(placed.rect.x < -200);
  const [away] = placedGroups(canvas, boxes, new Map([...places, ["param_lr", { x: -900, y: 0 }]]));
  deepEqual(away.inside, ["a", "b", "data_g"]);
  const depths = [...feedbackDepths(canvas.lines, [placed]).values()];
  equal(depths.length, 2);
  ok(depths[0] !== depths[1] && depths.every((depth) => depth < placed.rect.y + placed.rect.height));
});

Deno.test("what no line joins to others lies in rows, below what is joined, and parameters of nobody above all", async () => {
  const box = (id: string) => ({ id, kind: "data", width: 200, height: 80 });
  const boxes = Array.from({ length: 30 }, (_, at) => box(`box ${at}`));
  const lines = [{ source: "box 0", sourceHandle: "out", target: "box 1", targetHandle: "in" }];
  const laid = await layOutGroups(boxes, lines, { layered: inColumns });
  equal(laid.length, 30);
  for (const one of laid) ok(!laid.some((other) => other !== one && overlaps(one, other)));
  const { width, height } = around(laid)!;
  ok(width > height && width < 4 * height, `${width} by ${height}`);
  const names = Array.from({ length: 40 }, (_, at) => `p${at}: 1`).join(", ");
  const canvas = await read(`parameters: {${names}}\npipeline: [{name: one, task: a.py, group: fit}]\n`);
  const places = withParameters(canvas, new Map([["one", { x: 0, y: 0 }]]), new Map());
  const rects = rectsOf(canvas, places);
  for (const [id, one] of rects) ok(![...rects].some(([other, rect]) => other !== id && overlaps(one, rect)));
  const [frame] = placedGroups(canvas, new Map(canvas.boxes.map((box) => [box.id, box])), places);
  for (const [id, rect] of rects) if (id !== "one") ok(rect.y + rect.height < frame.rect.y - 20, id);
});

Deno.test("a layout in columns keeps groups together, apart from each other", async () => {
  const box = (id: string, group?: string) => ({ id, kind: "step", group, width: 200, height: 100 });
  const boxes = [box("a", "one"), box("b", "two"), box("c", "one"), box("d", "two"), box("e")];
  const line = (source: string, target: string) => ({ source, sourceHandle: "out", target, targetHandle: "in" });
  const lines = [line("a", "c"), line("b", "d"), line("c", "b"), line("d", "e")];
  const laid = await layOutGroups(boxes, lines, { layered: inColumns });
  const frame = (ids: string) => around(laid.filter(({ id }) => ids.includes(id)))!;
  ok(!overlaps(frame("ac"), frame("bd")) && !overlaps(frame("bd"), frame("e")));
  ok(frame("a").x < frame("c").x);
});
