import { deepStrictEqual as deepEqual, match } from "node:assert/strict";
import { eachLoom, eachProject, Project } from "../support/cli.ts";

/** Tells what it can reach, and goes on whatever becomes of it. */
const ASK = `import json, os, sys, urllib.error, urllib.request
def fetch(url):
    try:
        return urllib.request.urlopen(url, timeout=20).read().decode()
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read().decode().strip()}"
    except OSError as error:
        return "no network"
answers = {"key": os.environ.get("API_KEY"), "mode": os.environ.get("MODE"), "net": [fetch(url) for url in sys.argv[3:]]}
json.dump(answers, open(sys.argv[2], "w"))
`;

const PIPELINE = `
data: {told: out/told.json}
pipeline:
  - name: ask
    task: ask.py
    outputs: {-o: $told}
    args: {--a: "http://127.0.0.1:9/", --b: "http://example.org/"}
    env: {MODE: fast}
    sandbox: {hosts: [127.0.0.1:9]}
`;

eachProject("a step in a sandbox reaches loom's proxy, which lets it go nowhere but where it may", {
  "ask.py": ASK.replace("sys.argv[3:]", "sys.argv[4::2]"),
  "pipeline.yml": PIPELINE,
}, async (project) => {
  (await project.run(["pipeline.yml"], { env: { API_KEY: "s3cret" } })).expect({});
  deepEqual(JSON.parse(await project.read("out/told.json") ?? ""), {
    key: null,
    mode: "fast",
    net: [
      "403 loom: cannot connect to 127.0.0.1:9: it is on this machine or in a private network",
      "403 loom: cannot connect to example.org:80: the policy does not name it",
    ],
  });
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[FRESH] ask"] });
  await project.write({ "pipeline.yml": PIPELINE.replace("{hosts: [127.0.0.1:9]}", "true") });
  const status = await project.run(["status", "pipeline.yml"]);
  match(status.stdout, /stale.*sandbox/);
  (await project.run(["pipeline.yml", "--cached"])).expect({});
  deepEqual(JSON.parse(await project.read("out/told.json") ?? "").net, ["no network", "no network"]);
});

eachProject("a step in a sandbox that goes beyond its limits, or beyond its folders, fails and says why", {
  "big.py": "a = bytearray(10 ** 9)\n",
  "out.py": "open('made.txt', 'w')\n",
  "pipeline.yml": `
pipeline:
  - {name: big, task: big.py, sandbox: {memory: 100m}}
  - {name: out, task: out.py, sandbox: true}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    code: 1,
    out: ["[FAILED] big", "[FAILED] out"],
    err: ["MemoryError", "Read-only file system"],
  });
});

eachLoom(
  "without bubblewrap a step in a sandbox is refused before anything starts, and the fix is told",
  async (loom) => {
    // In its own view of the disk there is a device that holds nothing where the program was.
    const hide = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", "/dev/null", Deno.realPathSync("/usr/bin/bwrap"), "--"];
    await using project = await Project.make({ ...loom, argv: [...hide, ...loom.argv] }, {
      "pipeline.yml": `
pipeline:
  - {name: first, task: tasks/record.py, args: {--name: first}}
  - {name: held, task: tasks/record.py, args: {--name: held}, sandbox: true}
`,
    });
    (await project.run(["pipeline.yml"])).expect({
      code: 2,
      err: [/^error: Cannot run step "held" in a sandbox: bubblewrap is not installed; .*install bubblewrap$/m],
      not: ["[RUNNING]"],
    });
    await project.ran([]);
    (await project.run(["pipeline.yml", "--step", "first"])).expect({});
    (await project.run(["pipeline.yml", "--dry-run"])).expect({});
  },
);
