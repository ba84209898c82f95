import { type ExportPlan, foldersFor } from "./plan.ts";
import { quote, stepLines } from "./words.ts";
import type { ScriptStep } from "./step.ts";

/** The plan for any POSIX shell: a function for each step, all called in order. It ends at the first failure. */
export function shellScript({ file, steps, remarks, python }: ExportPlan, folder: string): string {
  const inside = folder === "." ? "" : `/${quote(folder)}`;
  return [
    "#!/bin/sh",
    `# Made by loom from ${comment(file)}: change that, not this. Runs every step.`,
    ...remarks.map((remark) => `# ${comment(remark)}`),
    "set -eu",
    `cd -- "$(dirname -- "$0")"${inside}`,
    `PYTHON=\${PYTHON:-${quote(python ?? "python3")}}`,
    "",
    ...steps.flatMap(functionLines),
    ...steps.flatMap(({ id, name }) => [`printf '%s\\n' ${quote(`[RUNNING] ${name}`)}`, `step_${id}`]),
    "",
  ].join("\n");
}

function functionLines(step: ScriptStep): readonly string[] {
  return [
    ...step.remarks.map((remark) => `# ${comment(remark)}`),
    `step_${step.id}() {`,
    ...stepLines(step, foldersFor(step.outputs)).map((line) => `  ${line}`),
    "}",
    "",
  ];
}

/** Text that stays in its line. */
export function comment(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\x00-\x1f\x7f]+/g, " ");
}
