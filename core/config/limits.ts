import type { SandboxLimits } from "../ports/sandbox.ts";
import type { LoomConfig } from "./types.ts";

/** What the settings say of programs in the sandbox; what they do not say is left to the launcher. */
export function sandboxLimits({ sandbox }: Pick<LoomConfig, "sandbox">): SandboxLimits {
  const { wall, cpu, memory, processes, file_size } = sandbox;
  return {
    ...(wall === null ? {} : { wallMs: wall }),
    ...(cpu === null ? {} : { cpuSeconds: Math.ceil(cpu / 1000) }),
    ...(memory === null ? {} : { memoryBytes: memory }),
    ...(processes === null ? {} : { processes }),
    ...(file_size === null ? {} : { fileBytes: file_size }),
  };
}
