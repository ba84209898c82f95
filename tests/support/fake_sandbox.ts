import type { Sandboxed, Sandboxes, SandboxSpec, SandboxState } from "../../core/ports/sandbox.ts";
import { LoomError } from "../../core/errors.ts";
import { type FakeProgram, fakeSubprocesses } from "./fake_subprocess.ts";

/** Sandboxes that hold nothing in, and what was asked of them. */
export interface FakeSandboxes extends Sandboxes {
  /** Everything started, in order. */
  readonly started: readonly SandboxSpec[];
}

/** A sandbox of a machine that is not there. */
const available: SandboxState = { available: true, kind: "bubblewrap", version: "0.0.0" };

/** Programs played by `program`, in a sandbox that keeps to its contract as far as one can see from outside. */
export function fakeSandboxes(program?: FakeProgram, state: SandboxState = available): FakeSandboxes {
  const started: SandboxSpec[] = [];
  const subprocesses = fakeSubprocesses(program);
  return {
    started,
    state: () => Promise.resolve(state),
    start: (spec) => {
      try {
        return Promise.resolve(start(spec));
      } catch (error) {
        return Promise.reject(error);
      }
    },
  };

  function start(spec: SandboxSpec): Sandboxed {
    if (!state.available) {
      throw new LoomError("sandbox-unavailable", state.reason, { hint: state.fix });
    }
    if (!spec.policy.programs.includes(spec.argv[0])) {
      throw new LoomError("program-not-allowed", `The policy does not name ${spec.argv[0]}`);
    }
    started.push(spec);
    const env = Object.fromEntries(Object.entries(spec.env).filter(([name]) => spec.policy.variables.includes(name)));
    return subprocesses.start({ ...spec, env });
  }
}
