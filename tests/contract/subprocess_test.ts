import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { hostSubprocesses } from "../../plugins/host/subprocess/mod.ts";
import { denoSubprocesses } from "../../plugins/host/subprocess/deno.ts";
import { posixSubprocesses } from "../../plugins/host/subprocess/posix.ts";
import { fakeSubprocesses } from "../support/fake_subprocess.ts";
import { subprocessContract } from "./subprocess_contract.ts";

subprocessContract("denoSubprocesses()", {
  make: denoSubprocesses,
  module: import.meta.resolve("../../plugins/host/subprocess/deno.ts"),
  factory: "denoSubprocesses",
});
// Elsewhere both are the same.
subprocessContract("hostSubprocesses()", {
  make: hostSubprocesses,
  module: import.meta.resolve("../../plugins/host/subprocess/mod.ts"),
  factory: "hostSubprocesses",
});

Deno.test("posixSubprocesses() is there on Linux with the GNU C library", () => {
  equal(posixSubprocesses() !== undefined, Deno.build.target.includes("linux-gnu"));
});

const spec = { argv: ["a"], cwd: "/", env: {} };

Deno.test("fakeSubprocesses() plays programs, counts them, and ends those that are stopped", async () => {
  const fake = fakeSubprocesses(({ argv, onOutput }, stopped) => {
    onOutput?.("stdout", "text");
    if (argv[0] === "long") return new Promise((resolve) => stopped.addEventListener("abort", () => resolve({})));
    return argv[0] === "bad" ? { exitCode: 3 } : undefined;
  });
  const heard: string[] = [];
  deepEqual(await fake.start({ ...spec, onOutput: (_, text) => heard.push(text) }).exit, {
    exitCode: 0,
    stragglers: 0,
  });
  deepEqual(await fake.start({ ...spec, argv: ["bad"] }).exit, { exitCode: 3, stragglers: 0 });
  const long = fake.start({ ...spec, argv: ["long"] });
  equal(fake.running.now, 1);
  await long.stop(5);
  deepEqual(await long.exit, { signal: "SIGTERM", stragglers: 0 });
  ok(heard.length === 1 && fake.started.length === 3 && fake.running.most === 1);
});
