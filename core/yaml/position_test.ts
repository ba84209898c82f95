import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { Problem, YamlPath } from "../errors.ts";
import { locateProblems } from "./position.ts";

const TEXT = `data:
  raw: {path: raw.csv, type: csv}
base: &base
  rate: 1
pipeline:
  - name: a
    task: >- # folded
      a.py
    inputs: {"x": $raw, y: [1, 2]}
    args:
      <<: *base
      --empty:
      5: five
  - *base
`;

async function place(path: YamlPath, atKey = false, text = TEXT): Promise<string> {
  const problem: Problem = { level: "error", code: "test", message: "Test", path, atKey };
  const [located] = await locateProblems(text, "p.yml", [problem]);
  equal(located.file, "p.yml");
  return `${located.line}:${located.column}`;
}

Deno.test("locateProblems() points at the value", async () => {
  equal(await place(["data", "raw", "path"]), "2:15");
  equal(await place(["pipeline", 0, "name"]), "6:11");
  equal(await place(["pipeline", 0, "task"]), "7:11");
  equal(await place(["pipeline", 0, "inputs", "x"]), "9:19");
  equal(await place(["pipeline", 0, "inputs", "y", 1]), "9:32");
  equal(await place(["pipeline", 0, "args", "5"]), "13:10");
  equal(await place(["pipeline", 0]), "6:5");
});

Deno.test("locateProblems() points at the key when asked to, or when the value is empty", async () => {
  equal(await place(["pipeline", 0, "inputs", "x"], true), "9:14");
  equal(await place(["pipeline", 0, "args", "--empty"]), "12:7");
});

Deno.test("locateProblems() points at the nearest thing above when the path leads to nothing", async () => {
  equal(await place(["pipeline", 0, "outputs", "--out"]), "6:5");
  equal(await place(["pipeline", 7, "name"], true), "6:3");
  equal(await place(["nothing"], true), "1:1");
});

Deno.test("locateProblems() follows merges and aliases to where the value was written", async () => {
  equal(await place(["pipeline", 0, "args", "rate"]), "4:9");
  equal(await place(["pipeline", 1]), "14:5");
  equal(await place(["pipeline", 1, "rate"]), "4:9");
});

Deno.test("locateProblems() sorts by line and column and keeps lines that are known", async () => {
  const problems: Problem[] = [
    { level: "error", code: "b", message: "B", path: ["pipeline"] },
    { level: "error", code: "a", message: "A", path: ["data"] },
    { level: "error", code: "c", message: "C", line: 3, column: 2 },
    { level: "error", code: "d", message: "D" },
  ];
  const located = await locateProblems(TEXT, "p.yml", problems);
  deepEqual(located.map(({ code, line }) => `${code} ${line}`), ["d undefined", "a 2", "c 3", "b 6"]);
});

Deno.test("locateProblems() tells the file alone when the text is not YAML or empty", async () => {
  for (const text of ["[", "", "a: *b", "\u0000"]) {
    const [problem] = await locateProblems(text, "p.yml", [{ level: "error", code: "x", message: "X", path: ["a"] }]);
    equal(problem.file, "p.yml");
  }
});

Deno.test("locateProblems() counts columns as they are in the file when brackets are not indented", async () => {
  equal(await place(["deep", "a", "c"], false, "deep:\n  a: {\nb: 1,\nc: 2\n}\n"), "4:4");
});

Deno.test("locateProblems() finds a missing key among merges of merges in no time", async () => {
  let text = "m0: &m0 {a: 1}\n";
  for (let i = 1; i < 60; i++) text += `m${i}: &m${i} {<<: [*m${i - 1}, *m${i - 1}]}\n`;
  equal(await place(["m59", "b"], false, text), "60:11");
});
