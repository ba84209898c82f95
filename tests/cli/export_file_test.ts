import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eachProject, type Project, realPython } from "../support/cli.ts";

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));

/** Every file below a folder of the project, with its content. */
function contents(project: Project, folder: string, below = ""): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { name, isDirectory } of Deno.readDirSync(project.path(`${folder}/${below}`))) {
    if (isDirectory) Object.assign(files, contents(project, folder, `${below}${name}/`));
    else files[below + name] = Deno.readTextFileSync(project.path(`${folder}/${below}${name}`));
  }
  return files;
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name.startsWith(".") || name === "output") continue;
    if (isDirectory) await copy(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}

async function call(program: string, args: readonly string[], cwd: string): Promise<string> {
  const env = { PYTHON: realPython, PATH: Deno.env.get("PATH") ?? "" };
  const { code, stdout, stderr } = await new Deno.Command(program, { args: [...args], cwd, clearEnv: true, env })
    .output();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  equal(code, 0, text);
  return text;
}

eachProject("a Makefile and a shell script make what loom makes", {}, async (project) => {
  for (const name of ["diamond", "loop"]) {
    await copy(join(EXAMPLES, name), project.path(name));
    const file = `${name}/pipeline.yml`;
    (await project.run([file, "--quiet"])).expect({ code: 0 });
    const wanted = contents(project, `${name}/output`);
    await project.remove(`${name}/output`);
    (await project.run(["export", file, "--format", "make", "--out", `${name}/Makefile`])).expect({ code: 0 });
    await call("make", ["-j", "4"], project.path(name));
    deepEqual(contents(project, `${name}/output`), wanted);
    await call("make", ["--question"], project.path(name));
    await project.remove(`${name}/output`);
    (await project.run(["export", file, "--format", "sh", "--out", "run.sh"])).expect({
      code: 0,
      out: ["Wrote run.sh."],
    });
    await call(project.path("run.sh"), [], "/");
    deepEqual(contents(project, `${name}/output`), wanted);
  }
});

const ODD = {
  "a $x:b.txt": "1",
  "tasks/join it.py": `import sys
rest = sys.argv[1:]
out = rest[rest.index("-o") + 1]
open(out, "w").write(" ".join(rest[:rest.index("-o")]) + "|" + "|".join(rest[rest.index("-o") + 2:]))
`,
  "pipeline.yml": `
data: {in: "a $x:b.txt", one: "o u t/1#.txt", two: "o u t/2%.txt"}
parameters: {text: "it's \\"$HOME\\" \`id\` \\\\ #"}
pipeline:
  - {name: late, task: tasks/join it.py, inputs: {one: $one}, outputs: {-o: $two}, args: {--t: $text}}
  - {name: "first & all", task: tasks/join it.py, inputs: {in: $in}, outputs: {-o: $one}}
`,
};

eachProject(
  "exported scripts pass odd names and words on as they are, and a change runs what hangs on it",
  ODD,
  async (project) => {
    const wanted = ["a $x:b.txt|", `o u t/1#.txt|--t|it's "$HOME" \`id\` \\ #`];
    const made = () => Promise.all(["o u t/1#.txt", "o u t/2%.txt"].map((name) => project.read(name)));
    for (const [format, name, ...command] of [["make", "Makefile", "make"], ["sh", "go.sh", "/bin/sh", "go.sh"]]) {
      (await project.run(["export", "pipeline.yml", "--format", format, "--out", name])).expect({ code: 0 });
      await call(command[0], command.slice(1), project.folder);
      deepEqual(await made(), wanted);
      if (format === "make") {
        Deno.utimeSync(project.path("a $x:b.txt"), new Date(Date.now() + 5000), new Date(Date.now() + 5000));
        equal((await call("make", ["--dry-run"], project.folder)).match(/RUNNING/g)?.length, 2);
      }
      await project.remove("o u t");
    }
    (await project.run(["export", "pipeline.yml"])).expect({ code: 2, err: ["--format"] });
  },
);
