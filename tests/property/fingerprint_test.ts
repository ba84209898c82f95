/**
 * Whatever a step is made of: it is fresh if nothing of that has changed, and only then.
 *
 * @module
 */

import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { fakeProject } from "../support/fake_project.ts";

/** Everything that counts for one step. */
interface Made {
  readonly script: string;
  readonly imported: string;
  readonly raw: string;
  readonly dep: string;
  readonly arg: string;
  readonly parameter: string;
  readonly variable: string;
  /** Files of a folder, by name. */
  readonly tree: Readonly<Record<string, string>>;
}

/** Pieces that could run into each other wherever texts are joined. */
const PIECES = ["a", "b", " ", "\n", "\t", '"', "'", "\\", ",", "[", "]", ":", "→", "é", "😀", "--", "\u0000", "/"];
const text = fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 4 });
const name = fc.constantFrom("a", "b", "ab", "a b", "é", "x\ny", "d/a", "d/b", "d/e/a");

const made: fc.Arbitrary<Made> = fc.record({
  script: text,
  imported: text,
  raw: text,
  dep: text,
  arg: text,
  parameter: text,
  variable: text,
  tree: fc.dictionary(name, text, { maxKeys: 3, noNullPrototype: true }),
});
const PARTS = ["script", "imported", "raw", "dep", "arg", "parameter", "variable", "tree"] as const;

function yamlOf({ arg, parameter, variable }: Made): string {
  // Texts in JSON's quotes are YAML's too; the letter keeps them from being references.
  const [argText, parameterText, variableText] = [arg, parameter, variable].map((text) => JSON.stringify(`v${text}`));
  return `
data: {raw: raw.txt, tree: tree, out: out.txt}
parameters: {p: ${parameterText}}
pipeline:
  - name: step
    task: step.py
    inputs: {raw: $raw, tree: $tree}
    outputs: {--out: $out}
    args: {--arg: ${argText}, --p: $p}
    env: {E: ${variableText}}
    deps: [dep.txt]
`;
}

function write(project: ReturnType<typeof fakeProject>, of: Made): void {
  project.files.remove("/w/tree");
  project.files.makeDirectory("/w/tree");
  for (const [name, content] of Object.entries(of.tree)) project.write(`tree/${name}`, content);
  project.write("pipeline.yml", yamlOf(of));
  project.write("step.py", `import helper\n# ${JSON.stringify(of.script)}\n`);
  project.write("helper.py", `# ${JSON.stringify(of.imported)}\n`);
  project.write("raw.txt", of.raw);
  project.write("dep.txt", of.dep);
}

const sorted = ({ tree, ...rest }: Made) => JSON.stringify([rest, Object.entries(tree).sort()]);

Deno.test("a step is fresh exactly when nothing that it is made of has changed", async () => {
  await fc.assert(
    fc.asyncProperty(made, made, fc.subarray([...PARTS], { maxLength: 2 }), async (before, other, changed) => {
      const after = { ...before, ...Object.fromEntries(changed.map((part) => [part, other[part]])) };
      const project = fakeProject(yamlOf(before));
      write(project, before);
      deepEqual((await project.run()).status, "done");
      write(project, after);
      const [{ state }] = await project.status();
      deepEqual(state === "fresh", sorted(before) === sorted(after), `it is ${state}`);
      deepEqual((await project.run({ cached: true })).status, "done");
      deepEqual((await project.status())[0].state, "fresh");
      deepEqual(project.started().length, state === "fresh" ? 1 : 2);
    }),
    { numRuns: 150 },
  );
});
