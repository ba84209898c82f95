import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { pipelineOf } from "../../tests/support/pipeline_of.ts";
import { resolveData, resolvePath, resolveReference, resolveText } from "./resolve.ts";
import { Float } from "../yaml/value.ts";

const ENV = { OUT: "made", ROOT: "/data", SITE: "https://x.org" };

const PIPELINE = pipelineOf({
  data: {
    plain: "a//b/./c/",
    absolute: "/abs/x",
    site: "https://x.org/a//b",
    from_env: "${OUT}/x",
    env_root: "${ROOT}/x",
    env_site: "${SITE}/x.csv",
    unset: "${NOPE}/x",
    empty: "",
    parts: "part_{i}.csv",
    imgs: { path: "out/imgs" },
    first: { path: "0.png", nested_in: "$imgs" },
    deep: { path: "z/1.png", nested_in: "first" },
    far: { path: "/far/2.png", nested_in: "$imgs" },
    both: "data/both",
    rate: "data/rate",
  },
  parameters: { rate: 1, epochs: 100, text: "${OUT}!", odd: "${NOPE}", lr: new Float(0.5), both: 2 },
  pipeline: [
    { name: "ask", kind: "condition", predicate: "exists", inputs: { data: "$imgs" } },
    { name: "route", kind: "switch", condition: "$ask", data: "$imgs" },
    { name: "again", kind: "switch", condition: "$ask", data: "$route.then" },
    { name: "literal", kind: "switch", condition: "$ask", data: "some/file" },
    { name: "ring", kind: "switch", condition: "$ask", data: "$ring.then" },
  ],
});

Deno.test("resolveData() makes paths absolute and tidy, inside their containers", () => {
  const paths: Readonly<Record<string, string>> = {
    plain: "/w/a/b/c",
    absolute: "/abs/x",
    from_env: "/w/made/x",
    env_root: "/data/x",
    parts: "/w/part_{i}.csv",
    first: "/w/out/imgs/0.png",
    deep: "/w/out/imgs/0.png/z/1.png",
    far: "/far/2.png",
  };
  for (const [key, path] of Object.entries(paths)) {
    deepEqual(resolveData(PIPELINE, key, ENV), { kind: "path", path, key });
  }
});

Deno.test("resolveData() passes addresses on as written", () => {
  deepEqual(resolveData(PIPELINE, "site", ENV), { kind: "url", url: "https://x.org/a//b", key: "site" });
  deepEqual(resolveData(PIPELINE, "env_site", ENV), { kind: "url", url: "https://x.org/x.csv", key: "env_site" });
});

Deno.test("resolveData() says what is missing", () => {
  deepEqual(resolveData(PIPELINE, "unset", ENV), { kind: "unset", variable: "NOPE", key: "unset" });
  deepEqual(resolveData(PIPELINE, "empty", ENV), { kind: "empty", key: "empty" });
  deepEqual(resolveData(PIPELINE, "no", ENV), { kind: "unknown", name: "no" });
});

Deno.test("resolveReference() looks in data before parameters", () => {
  deepEqual(resolveReference(PIPELINE, "both", { env: ENV }), { kind: "path", path: "/w/data/both", key: "both" });
});

Deno.test("resolveReference() gives parameters as values, variables put in", () => {
  deepEqual(resolveReference(PIPELINE, "epochs", { env: ENV }), { kind: "value", value: 100, parameter: "epochs" });
  deepEqual(resolveReference(PIPELINE, "text", { env: ENV }), { kind: "value", value: "made!", parameter: "text" });
  deepEqual(resolveReference(PIPELINE, "odd", { env: ENV }), { kind: "unset", variable: "NOPE", parameter: "odd" });
});

Deno.test("resolveReference() puts the loop before everything, and knows it only there", () => {
  const bindings = { loop: { item: "/in/a.txt", output: "/out/a.txt" } };
  deepEqual(resolveReference(PIPELINE, "loop_item", { env: ENV, bindings }), { kind: "path", path: "/in/a.txt" });
  deepEqual(resolveReference(PIPELINE, "loop_item", { env: ENV }), { kind: "loop", name: "loop_item" });
});

Deno.test("resolveReference() follows the branches of switches to their payload", () => {
  const imgs = { kind: "path", path: "/w/out/imgs", key: "imgs" };
  deepEqual(resolveReference(PIPELINE, "route.then", { env: ENV }), imgs);
  deepEqual(resolveReference(PIPELINE, "again.else", { env: ENV }), imgs);
  deepEqual(resolveReference(PIPELINE, "literal.then", { env: ENV }), { kind: "path", path: "/w/some/file" });
  deepEqual(resolveReference(PIPELINE, "ring.then", { env: ENV }), { kind: "payload", step: "ring" });
  deepEqual(resolveReference(PIPELINE, "route.maybe", { env: ENV }), {
    kind: "branch",
    name: "route.maybe",
    step: "route",
  });
});

Deno.test("resolveReference() gives args the value of the iteration, and places the data or parameter first", () => {
  const values = new Map([["rate", 7], ["fresh", 8]]);
  const bindings = { iteration: { values, paths: new Map(), feedback: new Map() } };
  deepEqual(resolveReference(PIPELINE, "rate", { env: ENV, bindings, role: "arg" }), { kind: "value", value: 7 });
  equal(resolveReference(PIPELINE, "rate", { env: ENV, bindings, role: "input" }).kind, "path");
  deepEqual(resolveReference(PIPELINE, "fresh", { env: ENV, bindings, role: "input" }), { kind: "value", value: 8 });
});

Deno.test("resolveReference() reads a text of an iteration as if it were written in the step", () => {
  const values = new Map([["model", "$imgs"], ["folder", "${OUT}"]]);
  const bindings = { iteration: { values, paths: new Map(), feedback: new Map() } };
  const at = { env: ENV, bindings, role: "arg" } as const;
  deepEqual(resolveReference(PIPELINE, "model", at), { kind: "path", path: "/w/out/imgs", key: "imgs" });
  deepEqual(resolveReference(PIPELINE, "folder", at), { kind: "value", value: "made" });
});

Deno.test("resolveText() takes only a leading dollar for a reference", () => {
  deepEqual(resolveText(PIPELINE, "a$plain", { env: ENV }), { kind: "value", value: "a$plain" });
  deepEqual(resolveText(PIPELINE, "$plain/y", { env: ENV }), { kind: "unknown", name: "plain/y" });
  deepEqual(resolveText(PIPELINE, "${OUT}/$plain", { env: ENV }), { kind: "value", value: "made/$plain" });
});

Deno.test("resolvePath() makes places of parameters and plain texts", () => {
  deepEqual(resolvePath(PIPELINE, "$epochs", { env: ENV }), { kind: "path", path: "/w/100" });
  deepEqual(resolvePath(PIPELINE, "$lr", { env: ENV }), { kind: "path", path: "/w/0.5" });
  deepEqual(resolvePath(PIPELINE, "x/../y/", { env: ENV }), { kind: "path", path: "/w/x/../y" });
  deepEqual(resolvePath(PIPELINE, "${SITE}/q", { env: ENV }), { kind: "url", url: "https://x.org/q" });
});
