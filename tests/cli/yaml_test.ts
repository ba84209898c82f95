import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachLoom, eachProject, Project } from "../support/cli.ts";

/** What a script receives for an arg that is written like this: a text, true (the flag alone) or nothing. */
const SCALARS: readonly (readonly [yaml: string, received: string | boolean])[] = [
  ["50.0", "50.0"],
  ["0.10", "0.1"],
  ["1e-5", "1e-5"],
  ["1.0e-5", "1e-05"],
  ["1.0e+16", "1e+16"],
  ["1.0e+15", "1000000000000000.0"],
  ["1.0e+3", "1000.0"],
  ["1.0e3", "1.0e3"],
  ["0.0001", "0.0001"],
  ["0.00001", "1e-05"],
  ["-0.0", "-0.0"],
  [".5", "0.5"],
  ["1.", "1.0"],
  [".inf", "inf"],
  ["-.inf", "-inf"],
  [".nan", "nan"],
  ['"50.0"', "50.0"],
  ["'yes'", "yes"],
  ["2024-01-02", "2024-01-02"],
  ["2024-01-02 03:04:05", "2024-01-02 03:04:05"],
  ["[a, 1, true]", "['a', 1, True]"],
  ['[1.50, null, "it\'s"]', '[1.5, None, "it\'s"]'],
  ["{k: v}", "{'k': 'v'}"],
  ["{1: [2024-01-02]}", "{1: [datetime.date(2024, 1, 2)]}"],
  ["[]", "[]"],
  ["yes", true],
  ["Yes", true],
  ["on", true],
  ["true", true],
  ["True", true],
  ["TRUE", true],
  ["no", false],
  ["off", false],
  ["false", false],
  ["False", false],
  ["y", "y"],
  ["n", "n"],
  ["tRUE", "tRUE"],
  ["010", "8"],
  ["0o10", "0o10"],
  ["0x1F", "31"],
  ["0b101", "5"],
  ["08", "08"],
  ["1_000", "1000"],
  ["12:30:45", "45045"],
  ["1:30.5", "90.5"],
  ["+7", "7"],
  ["123456789012345678901234567890", "123456789012345678901234567890"],
  ["null", "None"],
  ["~", "None"],
  ["", "None"],
  ["''", ""],
  ["=", "="],
  ["!!str 12", "12"],
  ["!!int '12'", "12"],
  ["!!float 3", "3.0"],
  ["a b  c", "a b  c"],
  ["ünï ☃", "ünï ☃"],
  ['"tab\\there\\u2603"', "tab\there☃"],
  ["|\n    two\n    lines", "two\nlines\n"],
  [">-\n    two\n    lines", "two lines"],
];

function received(flag: string, value: string | boolean): readonly string[] {
  if (value === false) return [];
  return value === true ? [flag] : [flag, value];
}

eachLoom("scalars reach a script as Python prints what PyYAML reads", async (loom) => {
  const literals = SCALARS.map(([yaml], i) => `  v${i}: ${yaml}`).join("\n");
  const references = SCALARS.map((_, i) => `      --v${i}: $v${i}`).join("\n");
  const direct = SCALARS.map(([yaml], i) => `      --v${i}: ${yaml.replaceAll("\n    ", "\n          ")}`).join("\n");
  await using project = await Project.make(loom, {
    "pipeline.yml": `parameters:\n${literals}\npipeline:
  - name: references
    task: tasks/record.py
    args:\n${references}
  - name: direct
    task: tasks/record.py
    args:\n${direct}\n`,
  });
  (await project.run(["pipeline.yml"])).expect({ out: ["Completed: 2/2 steps succeeded"] });
  const expected = SCALARS.flatMap(([, value], i) => received(`--v${i}`, value));
  deepEqual(await project.received(), [expected, expected]);
});

eachProject("anchors, aliases and merge keys are followed", {
  "pipeline.yml": `
parameters: {base: &rate 0.50}
common: &common {--rate: *rate, --mode: slow}
pipeline:
  - {name: a, task: tasks/record.py, args: {<<: *common, --mode: fast}}
  - {name: b, task: tasks/record.py, args: {<<: [{--x: 1}, *common]}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  const [a, b] = (await project.received()).map((words) => new Map(pairs(words)));
  deepEqual(a, new Map([["--rate", "0.5"], ["--mode", "fast"]]));
  deepEqual(b, new Map([["--x", "1"], ["--rate", "0.5"], ["--mode", "slow"]]));
});

function pairs(words: readonly string[]): [string, string][] {
  return words.flatMap((word, i) => i % 2 === 0 ? [[word, words[i + 1]] as [string, string]] : []);
}

eachProject("keys that look like numbers keep the order of the file", {
  "pipeline.yml": `
pipeline:
  - {name: a, task: tasks/record.py, args: {z: 1, 10: ten, 2: two, a: 3}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  deepEqual(await project.received(), [["z", "1", "10", "ten", "2", "two", "a", "3"]]);
});

const EMPTY: readonly (readonly [name: string, text: string])[] = [
  ["an empty file", ""],
  ["a file of comments", "# nothing yet\n"],
  ["sections that are null", "data:\nparameters:\npipeline:\nexecution:\neditor:\nlayout:\nvariables:\n"],
  ["a null document", "~\n"],
];
for (const [name, text] of EMPTY) {
  eachProject(`${name} is an empty pipeline`, { "pipeline.yml": text }, async (project) => {
    (await project.run(["pipeline.yml"])).expect({ out: ["No steps to run."], not: ["error"] });
  });
}

eachProject("keys that a step leaves null count as absent", {
  "pipeline.yml": `
pipeline:
  - {name: a, task: tasks/record.py, inputs: , outputs: , args: , optional: , disabled: , loop: , group: }
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["Completed: 1/1 steps succeeded"] });
  deepEqual(await project.received(), [[]]);
});

eachProject("variables of older files are data, with one warning; data wins", {
  "pipeline.yml": `
variables: {table: old.csv, other: other.csv}
data: {table: new.csv}
pipeline:
  - {name: a, task: tasks/record.py, inputs: {x: $table, y: $other}}
`,
}, async (project) => {
  const outcome = (await project.run(["pipeline.yml"])).expect({ err: ["warning", "variables"] });
  deepEqual(outcome.stderr.match(/warning/g)?.length, 1);
  deepEqual(await project.received(), [[project.path("new.csv"), project.path("other.csv")]]);
});

eachProject("script is the old spelling of task, and task wins", {
  "pipeline.yml": `
pipeline:
  - {name: a, script: tasks/record.py, args: {--name: a}}
  - {name: b, script: absent.py, task: tasks/record.py, args: {--name: b}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  await project.ran(["a", "b"]);
});

eachProject("unknown keys are left alone, and names may hold blanks and other letters", {
  "pipeline.yml": `
project: {anything: [1, 2]}
data: {über: {path: in put.txt, type: pt, name: Label, description: d, pattern: "*.x", own: 1}}
pipeline:
  - {name: Schritt zwei ✓, task: tasks/record.py, inputs: {x: $über}, note: mine}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["[RUNNING] Schritt zwei ✓", "[SUCCESS] Schritt zwei ✓"] });
  deepEqual(await project.received(), [[project.path("in put.txt")]]);
});

eachProject("a file in Windows manner, with a byte order mark, reads the same", {
  "pipeline.yml":
    "\uFEFFparameters:\r\n  x: 50.0\r\npipeline:\r\n  - name: a\r\n    task: tasks/record.py\r\n    args: {--x: $x}\r\n",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  deepEqual(await project.received(), [["--x", "50.0"]]);
});
