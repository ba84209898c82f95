/**
 * Edits of random files beside the same edits of what they say, and beside two other readers.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { parse as parseYaml, Parser } from "yaml";
import { isLoomError } from "../../core/errors.ts";
import { type Edit, editPipeline } from "../../core/edit/mod.ts";
import { type Doc, readDoc } from "../../core/edit/source/doc.ts";
import { spliced } from "../../core/edit/source/node.ts";
import { isSame } from "../../core/edit/source/same.ts";
import { applyOp, type Op } from "../../core/edit/source/value_ops.ts";
import { placesOf } from "../../core/edit/parts/places.ts";
import { applyPhase } from "../../core/edit/splice/apply.ts";
import { readYaml } from "../../core/yaml/read.ts";
import { Float, pyRepr, type Value } from "../../core/yaml/value.ts";
import { askPython } from "../support/ask_python.ts";
import { commentedPipelines } from "../support/pipeline_texts.ts";
import { originalPython } from "../support/python_env.ts";
import { documents } from "../support/yaml_texts.ts";

const FILE = "p.yml";

function map(pairs: Readonly<Record<string, Value>>): Value {
  return new Map(Object.entries(pairs));
}

// deno-fmt-ignore
const TEXTS: readonly string[] = [
  "x", "no", "1e-5", "a: b", "x # y", "it's", "", "a\nb\n", "a\n\n  b", "l1\nl2\n\n", " lead", "- x", "[a", "{", "*a", "é", "'q'",
  '"d"', "010", "2024-01-02", "12:30:45", "tab\there", "a, b", "?x", "x:", "$ref", "~", "=", "#", "null", "yes", "0x1F", "1_000",
  "a\\b", "---", "…", "y", "\u0085", "\u{1f600}", "<<", "!t", "&a", "%x", "@x", "`x", "|", ">", "-", "--lr", "a:b", "$x{y}", "\u2028",
];
const VALUES: readonly Value[] = [
  ...TEXTS,
  ...[
    1,
    -3,
    12345678901234567890n,
    new Float(0.1),
    new Float(1e-5),
    new Float(1e22),
    new Float(Infinity),
    new Float(NaN),
  ],
  ...[true, false, null, new Float(50)],
  ...[
    [1, 2],
    [],
    map({}),
    map({ a: 1 }),
    [map({ a: "b\nc" }), [1, [2]]],
    map({ k: map({ x: 1, y: [1, map({ z: null })] }) }),
  ],
];
const KEYS: readonly string[] = ["zz", "yes", "a b", "x:y", "--q", "1", "null", "#", "new"];

/** Every place of a value that a path can lead to. */
function pathsOf(value: Value, at: Op["at"] = []): readonly (readonly [Op["at"], Value])[] {
  const below = Array.isArray(value)
    ? value.flatMap((item, index) => pathsOf(item, [...at, index]))
    : value instanceof Map && value.constructor === Map
    ? [...value].flatMap(([key, item]) => typeof key === "string" ? pathsOf(item, [...at, key]) : [])
    : [];
  return [[at, value], ...below];
}

interface Choice {
  readonly place: number;
  readonly kind: number;
  readonly value: Value;
  readonly key: string;
  readonly index: number;
}

const CHOICE: fc.Arbitrary<Choice> = fc.record({
  place: fc.nat(),
  kind: fc.nat(9),
  value: fc.constantFrom(...VALUES),
  key: fc.constantFrom(...KEYS),
  index: fc.nat(),
});

/** A change that the value has a place for. */
function opFor(root: Value, { place, kind, value, key, index }: Choice): Op | undefined {
  const paths = pathsOf(root);
  const [at, there] = paths[place % paths.length];
  const isMap = there instanceof Map && there.constructor === Map;
  if (isMap && kind < 3 && there.keys().every((known) => typeof known === "string" && known !== key)) {
    return { kind: "set", at: [...at, key], value };
  }
  if (Array.isArray(there) && kind < 4) return { kind: "insert", at, index: index % (there.length + 1), value };
  if (at.length === 0) return undefined;
  if (kind < 5) return { kind: "remove", at };
  const owner = paths.find(([path]) => path.join("\0") === at.slice(0, -1).join("\0"))?.[1];
  if (kind < 6 && owner instanceof Map && !owner.has(key)) return { kind: "rename", at, key };
  return { kind: "set", at, value };
}

/** The file after a change, or `undefined` where what is shared forbids it. */
function changed(doc: Doc, op: Op) {
  try {
    return applyPhase(doc, { ops: [op] }, FILE);
  } catch (error) {
    if (isLoomError(error) && error.code === "shared-value") return undefined;
    throw error;
  }
}

/** Texts of the comments, as another parser finds them. */
function commentsOf(text: string): readonly string[] {
  const found: string[] = [];
  const scan = (token: unknown): void => {
    if (Array.isArray(token)) return token.forEach(scan);
    if (typeof token !== "object" || token === null) return;
    const { type, source } = token as { readonly type?: string; readonly source?: string };
    if (type === "comment") found.push(source!);
    for (const part of Object.values(token)) scan(part);
  };
  for (const token of new Parser().parse(text)) scan(token);
  return found;
}

/** Whether `part` is in `whole`, in this order, with other things between. */
function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  return part.every((item) => (at = whole.indexOf(item, at) + 1) > 0);
}

Deno.test("A change of a text says what the same change of its value says, and touches nothing else", () => {
  fc.assert(
    fc.property(documents(), fc.array(CHOICE, { minLength: 4, maxLength: 4 }), (text, choices) => {
      const doc = readDoc(text.replace(/^\ufeff/, ""), FILE);
      for (const choice of choices) {
        const op = opFor(doc.value, choice);
        const applied = op === undefined ? undefined : changed(doc, op);
        if (op === undefined || applied === undefined) continue;
        const { text: next } = applied.doc;
        equal(next, spliced(doc.text, applied.splices));
        const { value } = readYaml(next, FILE);
        // What was hidden by a key comes to light when it goes.
        const isHidden = op.kind === "remove" && doc.text.includes("<<");
        ok(isHidden || isSame(value, applyOp(doc.value, op)), next);
        if (op.kind !== "remove" && op.kind !== "set") ok(isWithin(asideIn(doc.text), asideIn(next)), next);
      }
    }),
    { numRuns: 400, seed: 3 },
  );
});

/** Lines that look like comments. */
function asideIn(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim().startsWith("#"));
}

const PIPELINE_EDITS: readonly Edit[] = [
  { kind: "set", path: "parameters.lr", value: new Float(0.5) },
  { kind: "set", path: "parameters.note", value: "one: two" },
  { kind: "set", path: "steps.train.args.--lr", value: 7 },
  { kind: "set", path: "steps.train.args.--new", value: "no" },
  { kind: "set", path: "execution.max_workers", value: 3 },
  { kind: "rename", path: "parameters.lr", name: "rate" },
  { kind: "rename", path: "data.raw", name: "source" },
  { kind: "rename", path: "steps.train", name: "fit" },
  { kind: "remove", path: "steps.plot" },
  { kind: "remove", path: "parameters.note" },
  { kind: "remove", path: "data.raw", force: true },
  {
    kind: "add_step",
    name: "extra",
    fields: new Map<string, Value>([["task", "x.py"], ["args", map({ "--a": "$lr" })]]),
  },
  { kind: "add_step", name: "extra", after: "train", fields: new Map<string, Value>([["task", "x.py"]]) },
  { kind: "add_data", name: "more", value: "out/more.csv" },
  { kind: "move_step", name: "plot", after: "load" },
  { kind: "move_step", name: "train", after: "plot" },
  { kind: "regroup", name: "plot", group: "late" },
  { kind: "place_node", node: "plot", x: 10.4, y: 20 },
];

const REMOVES: ReadonlySet<Edit["kind"]> = new Set(["remove"]);

Deno.test("Edits of commented pipelines keep every comment but those of what goes, and every other line", async () => {
  await fc.assert(
    fc.asyncProperty(commentedPipelines(), fc.constantFrom(...PIPELINE_EDITS), async (text, edit) => {
      const edited = await editPipeline(text, [edit]).catch(refused);
      if (edited === undefined) return ok(text.includes("&raw"));
      // In half of the files the step is in that group already.
      equal(edited.changes.length === 0, edit.kind === "regroup" && text.includes("group: late"));
      const [before, after] = [text, edited.text].map(commentsOf);
      if (edit.kind === "move_step") deepEqual(after.toSorted(), before.toSorted());
      else ok(isWithin(after, before), `${edit.kind}\n${edited.text}`);
      if (!REMOVES.has(edit.kind)) equal(after.length, before.length, edited.text);
      else for (const comment of before) ok(after.includes(comment) || comment.includes("own"), edited.text);
      equal(edited.text.startsWith("\ufeff"), text.startsWith("\ufeff"));
      equal(/[\r\n]$/.test(edited.text), /[\r\n]$/.test(text));
      equal(/\r/.test(edited.text), /\r/.test(text));
      ok(!/(?<!\r)\n/.test(edited.text) || !/\r/.test(text), "line breaks are mixed");
    }),
    { numRuns: 600, seed: 5 },
  );
});

Deno.test("Setting a scalar back gives the file back, to the byte", async () => {
  const paths = ["parameters.lr", "parameters.note", "steps.train.args.--lr", "steps.load.task", "data.raw.path"];
  await fc.assert(
    fc.asyncProperty(
      commentedPipelines(),
      fc.constantFrom(...paths),
      fc.constantFrom(...VALUES.filter((value) => typeof value !== "object" && !String(value).includes("\n"))),
      async (text, path, value) => {
        const edited = await editPipeline(text, [{ kind: "set", path, value }]).catch(refused);
        if (edited === undefined || edited.changes.length === 0) return;
        const [{ before, source }] = edited.changes;
        const undone = await editPipeline(edited.text, [{ kind: "set", path, value: before!, source }]);
        equal(undone.text, text);
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});

/** A value that nothing can have there, or that others share. */
function refused(error: unknown): undefined {
  if (!isLoomError(error) || !["edit-invalid", "shared-value"].includes(error.code)) throw error;
}

Deno.test("Long files are edited by parts as they are as a whole", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(commentedPipelines({ isBare: true }), { minLength: 1, maxLength: 1 }),
      fc.nat(60),
      fc.constantFrom(...PIPELINE_EDITS.filter(({ kind }) => kind !== "move_step" && kind !== "regroup")),
      async ([text], count, edit) => {
        const long = lengthened(text, count);
        const outcome = (longFrom: number) =>
          editPipeline(long, [edit], { longFrom }).catch((error) => ({ code: error.code, message: error.message }));
        deepEqual(await outcome(0), await outcome(Infinity));
      },
    ),
    { numRuns: 250, seed: 11 },
  );
});

/** With more steps, entries and positions, plain ones most of them. */
function lengthened(text: string, count: number): string {
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const more = (line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join(lineBreak);
  const data = more((index) => `  d${index}: out/${index}.txt  # of step ${index}`);
  const indent = /^( *)- /m.exec(text.slice(text.search(/^pipeline:/m)))![1];
  const steps = more((index) =>
    [
      `${indent}- name: s${index}`,
      `${indent}  task: ${index % 7 === 3 ? "'a: b'" : "copy.py"}`,
      index % 5 === 1
        ? `${indent}  args:${lineBreak}${indent}    --n: ${index}`
        : `${indent}  inputs: {from: $d${index}}`,
      ...index % 11 === 4 ? [`${indent}  note: "say \\"x\\""`] : [],
      ...index % 3 === 0 ? ["", `${indent}# after ${index}`] : [],
    ].join(lineBreak)
  );
  if (count === 0) return text;
  return text.replace(/^data:.*\r?\n/m, (line) => `${line}${data}${lineBreak}`)
    .replace(/^pipeline:.*\r?\n/m, (line) => `${line}${steps}${lineBreak}`);
}

const READ = `
import json, sys, yaml
print(json.dumps([repr(yaml.safe_load(text)) for text in json.load(sys.stdin)]))
`;

Deno.test("Three readers agree on what an edited file says", async () => {
  const cases = fc.sample(fc.tuple(commentedPipelines(), fc.constantFrom(...VALUES.filter(isFinite))), {
    numRuns: 250,
    seed: 13,
  });
  const texts: string[] = [];
  for (const [text, value] of cases) {
    const edits: readonly Edit[] = [{ kind: "set", path: "parameters.free", value }, {
      kind: "set",
      path: "steps.train.args.--lr",
      value,
    }];
    texts.push((await editPipeline(text, edits)).text);
  }
  const theirs = await askPython<string[]>(READ, texts, { python: await originalPython() });
  for (const [index, text] of texts.entries()) {
    equal(pyRepr(readYaml(text, FILE).value), theirs[index], text);
    const other = parseYaml(text, { version: "1.1", schema: "failsafe", logLevel: "silent" });
    equal(shapeOf(other), shapeOf(plainTexts(readDoc(text.replace(/^\ufeff/, ""), FILE))), text);
  }
});

function isFinite(value: Value): boolean {
  return !(value instanceof Float && Number.isNaN(value.value));
}

function shapeOf(value: unknown): string {
  return JSON.stringify(value);
}

/** What a file says if every scalar is a text. */
function plainTexts({ root }: Doc): unknown {
  const plain = (node: NonNullable<Doc["root"]>): unknown => {
    const { kind, entries, items, text, target } = node;
    if (kind === "alias") return plain(target!);
    if (kind === "list") return items!.map(({ value }) => plain(value));
    if (kind === "scalar") return text;
    return Object.fromEntries(entries!.map(({ key, value }) => [key.text, plain(value)]));
  };
  return root === undefined ? null : plain(root);
}

/** The pipelines that come with loom, by their folders. */
function examples(): readonly (readonly [string, string])[] {
  const folder = new URL("../../examples/", import.meta.url);
  return [...Deno.readDirSync(folder)].flatMap(({ name }) => {
    try {
      return [[name, Deno.readTextFileSync(new URL(`${name}/pipeline.yml`, folder))] as const];
    } catch (error) {
      // Loops and lists of examples have no pipeline.
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return [];
      throw error;
    }
  });
}

Deno.test("Whatever is renamed in the examples and renamed back leaves them as they were", async () => {
  ok(examples().length > 10);
  for (const [example, text] of examples()) {
    const root = readYaml(text, FILE).value as ReadonlyMap<string, ReadonlyMap<string, Value>>;
    const entries = ["data", "parameters"].flatMap((key) =>
      [...root.get(key)?.keys() ?? []].map((name) => [key, name])
    );
    const steps = placesOf(root).steps.map(({ name }) => ["steps", name!]);
    for (const [section, name] of [...entries, ...steps]) {
      const there = await editPipeline(text, [{ kind: "rename", path: [section, name], name: "another" }]);
      ok(there.text !== text, `${example} ${name}`);
      const back = await editPipeline(there.text, [{ kind: "rename", path: [section, "another"], name }]);
      equal(back.text, text, `${example} ${name}`);
      const without = await editPipeline(text, [{ kind: "remove", path: [section, name], force: true }]).catch(refused);
      const left = without?.text.split("\n").filter((line) => !line.includes("[]") && !line.includes("{}")) ?? [];
      ok(isWithin(left, text.split("\n")), `${example} ${name}\n${without?.text}`);
    }
  }
});

Deno.test("A file that is not YAML is refused with its place", async () => {
  await rejects(editPipeline("a: [1\nb: 2\n", [{ kind: "set", path: "parameters.x", value: 1 }]), (error) => {
    ok(isLoomError(error));
    equal(error.code, "pipeline-invalid");
    ok(error.problems[0].line !== undefined);
    return true;
  });
});
