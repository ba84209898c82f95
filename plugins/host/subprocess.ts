import type { Subprocesses } from "../../core/ports/subprocess.ts";
import { denoSubprocesses } from "./subprocess_deno.ts";
import { posixSubprocesses } from "./subprocess_posix.ts";

/** Programs of this machine, started by the quickest means that works here. */
export function hostSubprocesses(): Subprocesses {
  return posixSubprocesses() ?? denoSubprocesses();
}
