/**
 * What the original would execute, asked of the original itself.
 *
 * @module
 */

import { askPython } from "./ask_python.ts";
import { originalPython } from "./python_env.ts";

/** Words after the interpreter: of each task, and of each step in each iteration of each repeated group. */
export interface OriginalVectors {
  readonly tasks: Readonly<Record<string, readonly string[]>>;
  readonly groups: Readonly<Record<string, readonly (readonly (readonly string[])[])[]>>;
}

/** The item that steps with a loop are asked with. */
export const LOOP_ITEM = { item: "/in/x.txt", output: "/out/x.txt" };

/** Nothing is run: the original only puts its commands together, with these texts lying at `<base>/p.yml`. */
export async function originalVectors(
  texts: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly base: string; readonly pipelines: readonly OriginalVectors[] }> {
  return await askPython(PROGRAM, { texts, env, item: LOOP_ITEM }, { python: await originalPython() });
}

const PROGRAM = `
import json, os, sys, tempfile
from pathlib import Path
from loom.runner.config import PipelineConfig
from loom.runner.executor import PipelineExecutor
from loom.runner.multi_pass import _suffix_path

asked = json.load(sys.stdin)
os.environ.update(asked["env"])

def iterations(executor, config, group):
    for i in range(group.iteration_count):
        for name in group.internal_outputs:
            config.variables[f"{name}_iter{i}"] = _suffix_path(config.variables[name], f"iter{i}")
    for i in range(group.iteration_count):
        values = executor._compute_iter_params(group, i)
        fed = executor._collect_feedback_paths(group, i)
        steps = [executor._build_iter_step(step, group, i, values, fed) for step in group.template_step_dicts]
        yield [executor.build_command(step)[1:] for step in steps]

def vectors(file, text):
    file.write_text(text)
    config = PipelineConfig.from_yaml(file)
    executor = PipelineExecutor(config, dry_run=True)
    item = {"loop_item": asked["item"]["item"], "loop_output": asked["item"]["output"]}
    tasks = {
        step.name: executor.build_command(step, loop_bindings=item if step.loop else None)[1:]
        for step in config.steps if step.name not in config.multi_pass_groups
    }
    groups = {name: list(iterations(executor, config, group)) for name, group in config.multi_pass_groups.items()}
    return {"tasks": tasks, "groups": groups}

with tempfile.TemporaryDirectory() as folder:
    base = Path(folder).resolve()
    json.dump({"base": str(base), "pipelines": [vectors(base / "p.yml", text) for text in asked["texts"]]}, sys.stdout)
`;
