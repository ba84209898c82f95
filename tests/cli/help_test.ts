import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import settings from "../../deno.json" with { type: "json" };
import { eachProject } from "../support/cli.ts";

eachProject("--version prints the version, and nothing else", {}, async (project) => {
  (await project.run(["--version"])).expect({ exactly: `${settings.version}\n`, complains: "" });
});

for (const words of [["--help"], ["-h"], ["help"]]) {
  eachProject(`loom ${words.join(" ")} tells of every verb`, {}, async (project) => {
    (await project.run(words)).expect({
      out: ["Usage", "loom [run] FILE.yml", "loom status", "loom explain", "Examples"],
    });
  });
}

for (const words of [["run", "--help"], ["pipeline.yml", "--help"], ["pipeline.yml", "-h"], ["help", "run"]]) {
  eachProject(
    `loom ${words.join(" ")} tells of every option of a run, whether the file is there or not`,
    {},
    async (project) => {
      const outcome = (await project.run(words)).expect({ out: ["Usage", "Exit codes", "130"] });
      const options = [
        "step",
        "from",
        "until",
        "group",
        "include",
        "set",
        "var",
        "extra",
        "dry-run",
        "parallel",
        "sequential",
      ];
      const more = ["max-workers", "clean", "permanent", "yes", "clean-list", "list", "investigate", "cached", "force"];
      for (
        const name of [...options, ...more, "resume", "fail-fast", "strict", "wait", "python", "json", "refresh-urls"]
      ) {
        ok(outcome.stdout.includes(`--${name}`), `--${name} is missing:\n${outcome.stdout}`);
      }
      ok(outcome.lines.every((line) => line.length <= 120), "a line is too long for a terminal");
    },
  );
}

for (const verb of ["status", "explain", "completions", "schema"]) {
  eachProject(`loom ${verb} --help is a page of its own`, {}, async (project) => {
    const outcome = (await project.run([verb, "--help"])).expect({ out: ["Usage", `loom ${verb}`, "Examples"] });
    equal((await project.run(["help", verb])).stdout, outcome.stdout);
  });
}

eachProject("help of something unknown names what is near", {}, async (project) => {
  (await project.run(["help", "statsu"])).expect({ code: 2, err: ["statsu", "status"] });
});

eachProject("words that are no verb and no file are refused with advice", {}, async (project) => {
  const outcome = await project.run(["statsu", "pipeline.yml"]);
  outcome.expect({ code: 2, err: ["statsu", "status"] });
});

eachProject("help is plain in a pipe", {}, async (project) => {
  const { stdout } = await project.run(["--help"]);
  deepEqual(stdout.includes("\x1b"), false);
  match(stdout, /\n$/);
});

for (const shell of ["bash", "zsh", "fish"]) {
  eachProject(`loom completions ${shell} prints a script that the shell accepts`, {}, async (project) => {
    const { stdout } = (await project.run(["completions", shell])).expect({ out: ["loom"] });
    if (shell !== "bash") return;
    const child = new Deno.Command("bash", { args: ["-n"], stdin: "piped", stderr: "piped" }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(stdout));
    await writer.close();
    deepEqual((await child.output()).success, true);
  });
}

eachProject("completion offers the steps of the file", {
  "pipeline.yml": "data: {made: a}\npipeline: [{name: train, task: a.py}, {name: report, task: b.py}]\n",
}, async (project) => {
  (await project.run(["__complete", "pipeline.yml", "--until", ""])).expect({ out: [/^train/m, /^made/m] });
  (await project.run(["__complete", "pipeline.yml", "--step", ""])).expect({ out: [/^train/m, /^report/m] });
  (await project.run(["__complete", "pipeline.yml", "--dry"])).expect({ out: ["--dry-run"] });
});

eachProject("completion offers groups of verbs, and the verbs of a group", {}, async (project) => {
  (await project.run(["__complete", "pl"])).expect({ out: ["plugin\t"] });
  (await project.run(["__complete", "plugin", ""])).expect({ out: [/^add\t/m, /^remove\t/m], not: ["plugin add"] });
  (await project.run(["__complete", "tool", "run", "x", "--no"])).expect({ out: ["--no-sandbox"] });
  (await project.run(["__complete", "tool", "run", "ed"])).expect({ out: ["edit_file\tReplace text"] });
  (await project.run(["__complete", "config", "set", "budget.st"])).expect({ out: ["budget.steps"] });
  (await project.run(["__complete", "plugin", "info", ""])).expect({ code: 0 });
});
