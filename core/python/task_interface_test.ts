import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { readTaskInterface } from "./task_interface.ts";

const PARSER = `import argparse
parser = argparse.ArgumentParser(description="Fits.\\nMore.")
parser.add_argument("table", help="Rows")
parser.add_argument("-e", "--epochs", type=int, default=5, help="How often")
parser.add_argument("--model", choices=["a", "b"], required=True)
parser.add_argument("--quiet", action=argparse.BooleanOptionalAction)
args = parser.parse_args()
`;

Deno.test("readTaskInterface() takes what argparse says where there is no front matter", () => {
  const read = readTaskInterface(PARSER, "/w/tasks/fit.py");
  deepEqual([read.from, read.name, read.description], ["argparse", "fit", "Fits."]);
  deepEqual([...read.inputs], [["table", { description: "Rows" }]]);
  deepEqual([...read.args], [
    ["--epochs", { type: "int", default: 5, description: "How often", required: false }],
    ["--model", { type: "str", description: "", required: true, choices: ["a", "b"] }],
    ["--quiet", { type: "bool", description: "", required: false }],
  ]);
});

Deno.test("readTaskInterface() prefers front matter, and says when there is nothing", () => {
  const declared = readTaskInterface(
    `"""Fits.\n\n---\nargs: {--rate: {type: float}}\n---\n"""\n${PARSER}`,
    "/w/fit.py",
  );
  deepEqual([declared.from, [...declared.args.keys()]], ["front matter", ["--rate"]]);
  equal(readTaskInterface("print(1)\n", "/w/fit.py").from, "nothing");
  equal(readTaskInterface(PARSER, "/w/fit.sh").from, "nothing");
});
