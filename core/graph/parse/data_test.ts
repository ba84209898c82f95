import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { type Plain, toValue } from "../../../tests/support/pipeline_of.ts";
import { parsePipeline } from "./mod.ts";

function parse(top: Record<string, unknown>) {
  const { pipeline, problems } = parsePipeline(toValue(top as Plain), "/w/p.yml");
  return { data: pipeline.data, problems };
}

function found(top: Record<string, unknown>): unknown[] {
  return parse(top).problems.map(({ level, code, path }) => [level, code, path?.join("/")]);
}

Deno.test("parseData() reads plain paths and maps", () => {
  const entry = {
    path: "out/imgs",
    type: "pt",
    name: "Images",
    description: "all",
    pattern: "*.png",
    allow_outside_pipeline: true,
  };
  const { data, problems } = parse({ data: { plain: "a.csv", full: entry, bare: {}, none: null } });
  deepEqual(problems, []);
  const written = [...data.values()].map((entry) => JSON.parse(JSON.stringify(entry)));
  deepEqual(written, [
    { key: "plain", path: "a.csv", allowOutside: false, at: ["data", "plain"] },
    {
      key: "full",
      path: "out/imgs",
      type: "pt",
      label: "Images",
      description: "all",
      pattern: "*.png",
      allowOutside: true,
      at: ["data", "full"],
    },
    { key: "bare", path: "", allowOutside: false, at: ["data", "bare"] },
    { key: "none", path: "", allowOutside: false, at: ["data", "none"] },
  ]);
});

Deno.test("parseData() accepts the older variables with one warning, and lets data win", () => {
  const { data, problems } = parse({ variables: { a: "old", b: "b.csv" }, data: { a: "new" } });
  deepEqual(problems.map(({ level, code, path }) => [level, code, path]), [["warning", "deprecated", ["variables"]]]);
  deepEqual([...data.values()].map(({ key, path }) => [key, path]), [["a", "new"], ["b", "b.csv"]]);
  deepEqual(found({ variables: {} }), []);
});

Deno.test("parseData() refuses entries that are no path", () => {
  deepEqual(found({ data: { a: [], b: { path: {}, nested_in: 5, allow_outside_pipeline: "yes" } } }), [
    ["error", "not-a-text", "data/a"],
    ["error", "not-a-text", "data/b/path"],
    ["error", "not-a-text", "data/b/nested_in"],
    ["error", "not-a-boolean", "data/b/allow_outside_pipeline"],
  ]);
});

Deno.test("parseData() links entries to their containers, in chains too", () => {
  const { data, problems } = parse({
    data: { c: { nested_in: "b", path: "c" }, b: { nested_in: "$a", path: "b" }, a: { path: "a", nested_in: "" } },
  });
  deepEqual(problems, []);
  deepEqual([...data.values()].map(({ nestedIn }) => nestedIn), ["b", "a", undefined]);
});

Deno.test("parseData() refuses unknown containers and an entry in itself", () => {
  const { data, problems } = parse({ data: { imgs: "x", a: { nested_in: "$imsg" }, b: { nested_in: "$b" } } });
  deepEqual(problems.map(({ code, hint, path }) => [code, hint, path?.join("/")]), [
    ["unknown-container", "did you mean 'imgs'?", "data/a/nested_in"],
    ["nested-in-itself", undefined, "data/b/nested_in"],
  ]);
  deepEqual([...data.values()].map(({ nestedIn }) => nestedIn), [undefined, undefined, undefined]);
});

Deno.test("parseData() breaks each circle of containers once", () => {
  const { data, problems } = parse({
    data: {
      tail: { nested_in: "$a" },
      a: { nested_in: "$b" },
      b: { nested_in: "$c" },
      c: { nested_in: "$a" },
      x: { nested_in: "$y" },
      y: { nested_in: "$x" },
    },
  });
  deepEqual(problems.map(({ code, path }) => [code, path?.[1]]), [["nested-in-cycle", "c"], ["nested-in-cycle", "y"]]);
  equal(
    problems[0].message,
    "Data entry 'c': nested_in '$a' makes a circle: c in a in b in c",
  );
  deepEqual([...data.values()].filter(({ nestedIn }) => nestedIn === undefined).map(({ key }) => key), ["c", "y"]);
});

Deno.test("parseData() handles a chain and a circle of 50,000 entries", () => {
  const chain = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`d${i}`, { nested_in: `$d${i + 1}` }]));
  deepEqual(found({ data: { ...chain, d50000: "x" } }), []);
  const { problems } = parse({ data: { ...chain, d50000: { nested_in: "$d0" } } });
  equal(problems.length, 1);
  match(problems[0].message, /\.\.\. in d50000$/);
});
