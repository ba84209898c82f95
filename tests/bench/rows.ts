import { copies, scripts } from "./cold.ts";
import { digest } from "./digest.ts";
import { killed } from "./killed.ts";
import { noop } from "./noop.ts";
import { plan } from "./plan.ts";
import { start } from "./start.ts";
import type { Row } from "./support/row.ts";
import { touched } from "./touched.ts";

/** Every row, in the order in which they are measured. */
export const ROWS: readonly Row[] = [start, noop, copies, scripts, plan, digest, touched, killed];
