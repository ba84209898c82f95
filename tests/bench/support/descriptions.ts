/**
 * One workload in the words of each tool: the file a person would write for it.
 *
 * @module
 */

import { CHAIN, commandOf, SOURCE, stepsOf, type Workload } from "./workload.ts";

/** File name to text. */
export type Description = Readonly<Record<string, string>>;

/** A `Makefile` with one rule for each step. */
export function makefile(work: Workload): Description {
  const rules = stepsOf(work).map(({ input, output }) =>
    `${output}: ${input}\n\t${commandOf(work, input, output).join(" ")}\n`
  );
  const all = stepsOf(work).map((step) => step.output).join(" ");
  return { "Makefile": `.PHONY: all\nall: ${all}\n${rules.join("")}` };
}

/** A `build.ninja` with one rule for all steps. */
export function ninjaFile(work: Workload): Description {
  const rule = `rule step\n  command = ${commandOf(work, "$in", "$out").join(" ")}\n`;
  return {
    "build.ninja": rule + stepsOf(work).map(({ input, output }) => `build ${output}: step ${input}\n`).join(""),
  };
}

/** A `dodo.py` whose actions need no shell. */
export function dodoFile(work: Workload): Description {
  const command = commandOf(work, "SOURCE", "TARGET").map((word) =>
    word === "SOURCE" ? "source" : word === "TARGET" ? "target" : JSON.stringify(word)
  );
  return {
    "dodo.py": `def task_step():
    for i in range(${work.count}):
        source = "${SOURCE}" if i % ${CHAIN} == 0 else f"out/{i - 1}.txt"
        target = f"out/{i}.txt"
        yield {"name": str(i), "actions": [[${command.join(", ")}]], "file_dep": [source], "targets": [target]}
`,
  };
}

/** A `Snakefile` with one rule and a wildcard. */
export function snakefile(work: Workload): Description {
  return {
    "Snakefile": `rule all:
    input: [f"out/{i}.txt" for i in range(${work.count})]

rule step:
    input: lambda w: "${SOURCE}" if int(w.i) % ${CHAIN} == 0 else f"out/{int(w.i) - 1}.txt"
    output: "out/{i}.txt"
    shell: "${commandOf(work, "{input}", "{output}").join(" ")}"
`,
  };
}

/** A `dvc.yaml` with one stage for each step. */
export function dvcFile(work: Workload): Description {
  const stages = stepsOf(work).map(({ index, input, output }) =>
    `  s${index}: {cmd: ${commandOf(work, input, output).join(" ")}, deps: [${input}], outs: [${output}]}\n`
  );
  return { "dvc.yaml": `stages:\n${stages.join("")}` };
}

const TASKS = { copy: "/bin/cp", python: "copy.py", slow: "slow" } as const;

/** A `pipeline.yml`: every file an entry of `data`, every step with one input and one output. */
export function pipelineFile(work: Workload): Description {
  const flag = work.kind === "copy" ? "-T" : "--to";
  const name = (path: string) => path === SOURCE ? "source" : `d${path.slice("out/".length, -".txt".length)}`;
  const data = stepsOf(work).map(({ output }) => `  ${name(output)}: ${output}\n`);
  const steps = stepsOf(work).map(({ index, input, output }) =>
    `  - name: s${index}
    task: ${TASKS[work.kind]}
    inputs: {from: $${name(input)}}
    outputs: {${flag}: $${name(output)}}
`
  );
  const head = `output_dir: out\ndata:\n  source: ${SOURCE}\n`;
  return { "pipeline.yml": `${head}${data.join("")}pipeline:\n${steps.join("")}` };
}
