import type { Context } from "../../core/context.ts";
import { hostClock } from "./machine/clock.ts";
import { hostFiles } from "./files/mod.ts";
import { hostNet } from "./net.ts";
import { isAlive, ownProcessStart } from "./subprocess/process_info.ts";
import { hostRandom } from "./machine/random.ts";
import { hostStores } from "./store/mod.ts";
import { hostSubprocesses } from "./subprocess/mod.ts";

/** The real outside. What costs time is done when first asked for. */
export function hostContext(): Context {
  const env = Deno.env.toObject();
  let self: Context["self"] | undefined;
  let subprocesses: Context["subprocesses"] | undefined;
  return {
    clock: hostClock,
    random: hostRandom,
    files: hostFiles,
    net: hostNet,
    get subprocesses() {
      return subprocesses ??= hostSubprocesses();
    },
    stores: hostStores({ home: env.HOME ?? env.USERPROFILE, userState: env.LOOM_HOME }),
    env,
    cwd: Deno.cwd(),
    cpuCount: navigator.hardwareConcurrency,
    get self() {
      return self ??= { pid: Deno.pid, host: Deno.hostname(), processStart: ownProcessStart() };
    },
    isAlive,
    platform: Deno.build.os === "windows" || Deno.build.os === "darwin" ? Deno.build.os : "linux",
  };
}
