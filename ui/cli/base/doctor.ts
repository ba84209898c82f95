import type { Prober } from "../../../core/ports/prober.ts";

/** What `loom doctor` needs of the machine, loaded when it is needed. */
export interface DoctorParts {
  readonly prober: () => Promise<Prober>;
}
