import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { sandboxLimits } from "./limits.ts";

Deno.test("sandboxLimits() gives what is set in the launcher's units, and nothing else", () => {
  const none = { wall: null, cpu: null, memory: null, processes: null, file_size: null };
  deepEqual(sandboxLimits({ sandbox: none }), {});
  deepEqual(sandboxLimits({ sandbox: { ...none, wall: 90_000, cpu: 1_500, memory: 1024 } }), {
    wallMs: 90_000,
    cpuSeconds: 2,
    memoryBytes: 1024,
  });
});
