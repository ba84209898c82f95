import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { sandboxRendering } from "../../core/gate/sandbox/mod.ts";
import type { SandboxRendering } from "../../core/ports/sandbox.ts";
import { fakeSandboxes } from "../support/fake_sandbox.ts";
import type { FakeProgram } from "../support/fake_subprocess.ts";
import { Cell, sandboxesHere } from "../support/held.ts";
import { sandboxContract } from "./sandbox_contract.ts";

/** Asks bubblewrap for something that it does not know: as good as one that does not work. */
const broken: SandboxRendering = { ...sandboxRendering, bubblewrap: () => ["--no-such-option"] };

sandboxContract("hostSandboxes()", {
  make: sandboxesHere,
  unavailable: () => sandboxesHere({ rendering: () => Promise.resolve(broken) }),
  program: "sh",
  ends: (code) => ["-c", `exit ${code}`],
  printsVariables: ["-c", "env"],
  waits: ["-c", "while :; do sleep 0.02; done"],
});

const played: FakeProgram = ({ argv, env, onOutput }, stopped) => {
  const [, word, code] = argv;
  if (word === "env") Object.entries(env).forEach(([name, value]) => onOutput?.("stdout", `${name}=${value}\n`));
  if (word === "wait") return new Promise((resolve) => stopped.addEventListener("abort", () => resolve(undefined)));
  return word === "exit" ? { exitCode: Number(code) } : undefined;
};

sandboxContract("fakeSandboxes()", {
  make: () => fakeSandboxes(played),
  unavailable: () => fakeSandboxes(played, { available: false, reason: "there is none", fix: "get one" }),
  program: "played",
  ends: (code) => ["exit", `${code}`],
  printsVariables: ["env"],
  waits: ["wait"],
});

Deno.test("hostSandboxes() without a sandbox says so each time, and keeps limits and the environment", async () => {
  const told: string[] = [];
  using cell = new Cell({ unconfined: true, onUnconfined: ({ actor }) => void told.push(actor) });
  const { out } = await cell.run(`cat ${cell.outside}/secret; echo; ulimit -f; env | grep -c _`, {
    limits: { fileBytes: 512 * 8 },
    env: { OTHER_NAME: "x" },
  });
  deepEqual(out.trim().split("\n").slice(0, 2), ["canary", "8"]);
  equal(out.includes("OTHER_NAME"), false);
  deepEqual(told, ["test"]);
  const stopped = await cell.start("while :; do sleep 0.02; done");
  await stopped.stop(10_000);
  equal((await stopped.exit).signal, "SIGTERM");
});
