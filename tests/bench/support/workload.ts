/**
 * The work that every tool is given: many small steps in short chains, each making one file of another.
 *
 * @module
 */

/** What a step does: copy by `/bin/cp`, copy by a Python script, or write its file in two halves with a pause between. */
export type StepKind = "copy" | "python" | "slow";

/** Steps as data; each tool gets them in its own words. */
export interface Workload {
  readonly kind: StepKind;
  readonly count: number;
  /** Interpreter of `python` steps; absolute. */
  readonly python: string;
}

/** One step: reads `input`, writes `output`, both relative to the folder. */
export interface WorkStep {
  readonly index: number;
  readonly input: string;
  readonly output: string;
}

/** Length of a chain: a step reads what the step before it wrote, the first of each ten reads the source. */
export const CHAIN = 10;

/** The only file that no step makes. */
export const SOURCE = "source.txt";

/** Scripts and data that the steps need beside what describes them to a tool. */
export const FILES: Readonly<Record<string, string>> = {
  [SOURCE]: "measured once\n",
  "copy.py": `import sys

with open(sys.argv[1]) as source:
    text = source.read()
with open(sys.argv[3], "w") as target:
    target.write(text)
`,
  "slow": `#!/bin/sh
printf 'first half, ' > "$3"
sleep 0.02
printf 'second half of %s' "$1" >> "$3"
`,
};

/** The steps of a workload, in an order that makes inputs before they are read. */
export function stepsOf({ count }: Pick<Workload, "count">): readonly WorkStep[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    input: index % CHAIN === 0 ? SOURCE : `out/${index - 1}.txt`,
    output: `out/${index}.txt`,
  }));
}

/** The command of one step. The flag before the output is what pipelines of loom pass; `cp` knows it as well. */
export function commandOf({ kind, python }: Workload, input: string, output: string): readonly string[] {
  if (kind === "copy") return ["/bin/cp", input, "-T", output];
  return [...(kind === "python" ? [python, "copy.py"] : ["./slow"]), input, "--to", output];
}
