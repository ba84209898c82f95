import type { Context } from "../../core/context.ts";
import { fakeClock } from "./fake_clock.ts";
import { fakeNet } from "./fake_net.ts";
import { fakeRandom } from "./fake_random.ts";
import { fakeSandboxes } from "./fake_sandbox.ts";
import { fakeSubprocesses } from "./fake_subprocess.ts";
import { memoryFiles } from "./memory_files.ts";
import { memoryStores } from "./memory_store.ts";

/** An outside in memory: Linux, two processors, an empty disk at `/w`; `overrides` replace its parts. */
export function fakeContext(overrides: Partial<Context> = {}): Context {
  const files = overrides.files ?? memoryFiles();
  return {
    clock: fakeClock(),
    random: fakeRandom(),
    files,
    net: fakeNet({}, files),
    subprocesses: fakeSubprocesses(),
    sandboxes: fakeSandboxes(),
    stores: memoryStores(),
    env: { PATH: "/usr/bin:/bin" },
    cwd: "/w",
    cpuCount: 2,
    self: { pid: 1, host: "here", processStart: "start" },
    isAlive: () => true,
    platform: "linux",
    ...overrides,
  };
}
