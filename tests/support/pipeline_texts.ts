/**
 * Pipeline files in many styles, with comments everywhere.
 *
 * Each says the same: data `raw` and `tidy`, parameters `lr` and `note`, steps `load`, `train` and `plot`. Comments that
 * belong to one thing alone hold the word "own".
 *
 * @module
 */

import fc from "fast-check";

/** What differs. */
interface Look {
  readonly lineBreak: string;
  readonly start: string;
  readonly hasEnd: boolean;
  readonly isApart: boolean;
  readonly dash: number;
  readonly data: string;
  readonly note: string;
  readonly args: string;
  readonly isGrouped: boolean;
  readonly tail: string;
  readonly comment: string;
}

const DATA = [
  "  raw: {type: csv, path: raw.csv}  # own raw\n  tidy: { path: tidy.csv }\n",
  "  # own raw\n  raw:\n    type: csv   # own type\n    path: raw.csv\n  # own tidy\n  tidy: tidy.csv\n",
  "    raw: { type: 'csv',\n           path: \"raw.csv\" }  # own raw\n    tidy: {path: tidy.csv,}\n",
  "  raw: &raw\n    path: 'raw.csv' # own path\n  tidy:\n    <<: *raw\n    path: tidy.csv\n",
];
const NOTES = [
  "plain text # own",
  "'single' # own",
  '"double\\tone"',
  "|\n    two\n    lines",
  ">-\n    folded\n    lines",
  "|+\n    kept\n\n",
];
const ARGS = [
  "args: {--lr: $lr, --n: 5}  # own args",
  "args:\n  # own lr\n  --lr: $lr  # own too\n  --n: 5",
  "args: { --lr: '$lr',  # own lr\n        --n: 5 }",
  "args: {\n  --lr: $lr,  # own lr\n  --n: 5,     # own n\n}",
];
const TAILS = [
  "",
  "layout:\n  train: {x: 1, y: 2}\n  # own plot\n  plot: {x: 3, y: 4}\n  data_raw: {x: 0, y: 0}\n  param_lr: {x: 5, y: 5}\n",
  "editor:\n  parameterRefs:\n    param_lr_ref_1: { parameter: lr, edges: ['train:--lr'] }\nmine: {kept: yes}  # of mine\n",
  "# at the very end\n",
];

const LOOK: fc.Arbitrary<Look> = fc.record({
  lineBreak: fc.constantFrom("\n", "\n", "\r\n"),
  start: fc.constantFrom("", "# about the file\n", "---\n", "%YAML 1.1\n---\n# about\n\n", "\ufeff", "\n\n"),
  hasEnd: fc.boolean(),
  isApart: fc.boolean(),
  dash: fc.constantFrom(0, 2, 4),
  data: fc.constantFrom(...DATA),
  note: fc.constantFrom(...NOTES),
  args: fc.constantFrom(...ARGS),
  isGrouped: fc.boolean(),
  tail: fc.constantFrom(...TAILS),
  comment: fc.constantFrom("", "# between sections\n"),
});

/** Files of all looks. A bare one has no mark at its start. */
export function commentedPipelines(options: { readonly isBare?: boolean } = {}): fc.Arbitrary<string> {
  return LOOK.map((look) => writePipeline(options.isBare ? { ...look, start: "" } : look));
}

function writePipeline(look: Look): string {
  const { start, data, note, comment, tail, lineBreak, isApart } = look;
  const blank = isApart ? "\n" : "";
  const sections = [
    `data: # all data\n${data}`,
    `${comment}parameters:\n  lr: 0.1   # own lr\n  # own note\n  note: ${note}\n  free: 1\n`,
    `${comment}pipeline:\n${writeSteps(look)}`,
    ...tail === "" ? [] : [tail],
  ];
  const text = start + sections.join(blank);
  return (look.hasEnd ? text : text.replace(/\n+$/, "")).replaceAll("\n", lineBreak);
}

function writeSteps({ args, dash, isApart, isGrouped }: Look): string {
  const load = "# own load\n- name: load\n  task: load.py # own task\n  inputs: {file: $raw}\n  outputs: {-o: $tidy}\n";
  const train = `- name: train\n  task: train.py\n  inputs:\n    table: $tidy\n  when: lr < 1 and "lr" != 'x'\n${
    shifted(args, 2)
  }\n`;
  const plot = "# own plot\n# own too\n- name: plot  # own\n  task: plot.py\n  # own end\n";
  const inner = [train, plot].join(isApart ? "\n" : "");
  const rest = isGrouped ? `- group: late\n  steps:\n${shifted(inner.replace(/\n$/, ""), 4)}\n` : inner;
  return `${shifted([load, rest].join(isApart ? "\n" : "").replace(/\n$/, ""), dash)}\n`;
}

function shifted(text: string, by: number): string {
  return text.split("\n").map((line) => line === "" ? line : " ".repeat(by) + line).join("\n");
}
