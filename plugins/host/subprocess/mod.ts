import type { Subprocesses } from "../../../core/ports/subprocess.ts";
import { denoSubprocesses } from "./deno.ts";
import { posixSubprocesses } from "./posix.ts";

/** Programs of this machine, started by the quickest means that works here. */
export function hostSubprocesses(): Subprocesses {
  return posixSubprocesses() ?? denoSubprocesses();
}
