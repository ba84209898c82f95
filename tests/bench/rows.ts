import { gate } from "./authority/gate.ts";
import { messages } from "./authority/messages.ts";
import { sandbox } from "./authority/sandbox.ts";
import { worker } from "./authority/worker.ts";
import { check } from "./check.ts";
import { edit } from "./edit.ts";
import { copies, scripts } from "./cold.ts";
import { digest } from "./digest.ts";
import { history } from "./history.ts";
import { killed } from "./killed.ts";
import { loopFeatures } from "./loop/features.ts";
import { loopFull } from "./loop/full.ts";
import { loopGrowth } from "./loop/growth.ts";
import { loopLarge } from "./loop/large.ts";
import { loopParallel } from "./loop/parallel.ts";
import { loopPostgres } from "./loop/postgres.ts";
import { loopProcess } from "./loop/process.ts";
import { loopResume } from "./loop/resume.ts";
import { loopRuns } from "./loop/runs.ts";
import { noop } from "./noop.ts";
import { plan } from "./plan.ts";
import { start } from "./start.ts";
import type { Row } from "./support/row.ts";
import { sweep } from "./sweep.ts";
import { table } from "./table.ts";
import { touched } from "./touched.ts";
import { canvas } from "./ui/canvas.ts";
import { change } from "./ui/change.ts";
import { layout } from "./ui/layout.ts";
import { line } from "./ui/line.ts";
import { load } from "./ui/load.ts";
import { memory } from "./ui/memory.ts";

/** Every row, in the order in which they are measured. */
export const ROWS: readonly Row[] = [
  ...[start, noop, copies, scripts, plan, digest, touched, killed, history, sweep, table, check, edit],
  ...[loopFull, loopProcess, loopFeatures, loopGrowth, loopLarge, loopResume, loopRuns, loopParallel, loopPostgres],
  ...[gate, sandbox, worker, messages],
  ...[canvas, layout, change, line, memory, load],
];
