import type { Subprocesses } from "../../core/ports/subprocess.ts";
import { denoSubprocesses } from "./subprocess_deno.ts";

/** Programs of this machine, by the quickest means that works here. */
export function hostSubprocesses(): Subprocesses {
  return denoSubprocesses();
}
