import type { Context } from "../../core/context.ts";
import { hostClock } from "./machine/clock.ts";
import type { Sandboxes, SandboxRendering } from "../../core/ports/sandbox.ts";
import { hostFiles } from "./files/mod.ts";
import { hostNet } from "./net.ts";
import type { SandboxOptions } from "./sandbox/mod.ts";
import { isAlive, ownProcessStart } from "./subprocess/process_info.ts";
import { hostRandom } from "./machine/random.ts";
import { hostStores } from "./store/mod.ts";
import { hostSubprocesses } from "./subprocess/mod.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

/** The real outside, given what it has to know of policies. What costs time is done when first asked for. */
export function machineContext(parts: { readonly rendering: () => Promise<SandboxRendering> }): Context {
  const env = Deno.env.toObject();
  let self: Context["self"] | undefined;
  let subprocesses: Context["subprocesses"] | undefined;
  let sandboxes: Context["sandboxes"] | undefined;
  return {
    clock: hostClock,
    random: hostRandom,
    files: hostFiles,
    net: hostNet,
    get subprocesses() {
      return subprocesses ??= hostSubprocesses();
    },
    get sandboxes() {
      return sandboxes ??= lazySandboxes({ ...parts, subprocesses: () => this.subprocesses, searchPath: env.PATH });
    },
    stores: hostStores({ home: env.HOME ?? env.USERPROFILE, userState: env.LOOM_HOME }),
    env,
    cwd: Deno.cwd(),
    cpuCount: navigator.hardwareConcurrency,
    get self() {
      return self ??= { pid: Deno.pid, host: Deno.hostname(), processStart: ownProcessStart() };
    },
    isAlive,
    get deno() {
      return Deno.build.standalone ? undefined : Deno.execPath();
    },
    platform: Deno.build.os === "windows" || Deno.build.os === "darwin" ? Deno.build.os : "linux",
  };
}

function sandboxParts(): Promise<typeof import("./sandbox/mod.ts")> {
  return import(isReached ? "./sandbox/mod.ts" : "./sandbox/mod.ts");
}

/** Most runs hold nothing in, and should not pay for it. */
function lazySandboxes(options: SandboxOptions): Sandboxes {
  let loaded: Promise<Sandboxes> | undefined;
  const load = () => loaded ??= sandboxParts().then(({ hostSandboxes }) => hostSandboxes(options));
  return {
    state: async () => await (await load()).state(),
    start: async (spec) => await (await load()).start(spec),
  };
}
