/**
 * The verbs about experiments and pipeline files, each loaded when it is asked for.
 *
 * @module
 */

import type { Host } from "../../base/host.ts";
import type { AnyExperimentCommand } from "../../words/command.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

/** One verb needs little of what all of them need. */
const verbs = {
  log: (): Promise<typeof import("./log.ts")> => import(isReached ? "./log.ts" : "./log.ts"),
  diff: (): Promise<typeof import("./diff.ts")> => import(isReached ? "./diff.ts" : "./diff.ts"),
  rerun: (): Promise<typeof import("./rerun.ts")> => import(isReached ? "./rerun.ts" : "./rerun.ts"),
  table: (): Promise<typeof import("./table.ts")> => import(isReached ? "./table.ts" : "./table.ts"),
  best: (): Promise<typeof import("./best.ts")> => import(isReached ? "./best.ts" : "./best.ts"),
  plot: (): Promise<typeof import("./plot.ts")> => import(isReached ? "./plot.ts" : "./plot.ts"),
  report: (): Promise<typeof import("./report.ts")> => import(isReached ? "./report.ts" : "./report.ts"),
  check: (): Promise<typeof import("./check.ts")> => import(isReached ? "./check.ts" : "./check.ts"),
  graph: (): Promise<typeof import("./graph.ts")> => import(isReached ? "./graph.ts" : "./graph.ts"),
  set: (): Promise<typeof import("./set.ts")> => import(isReached ? "./set.ts" : "./set.ts"),
  rename: (): Promise<typeof import("./rename.ts")> => import(isReached ? "./rename.ts" : "./rename.ts"),
  rm: (): Promise<typeof import("./rm.ts")> => import(isReached ? "./rm.ts" : "./rm.ts"),
  addStep: (): Promise<typeof import("./add_step.ts")> => import(isReached ? "./add_step.ts" : "./add_step.ts"),
  init: (): Promise<typeof import("./init.ts")> => import(isReached ? "./init.ts" : "./init.ts"),
  ui: (): Promise<typeof import("../ui.ts")> => import(isReached ? "../ui.ts" : "../ui.ts"),
};

/** Does what the command asks for. */
export async function experimentVerb(command: AnyExperimentCommand, host: Host): Promise<number> {
  switch (command.verb) {
    case "log":
      return await (await verbs.log()).logVerb(command, host);
    case "diff":
      return await (await verbs.diff()).diffVerb(command, host);
    case "rerun":
      return await (await verbs.rerun()).rerunVerb(command, host);
    case "table":
      return await (await verbs.table()).tableVerb(command, host);
    case "best":
      return await (await verbs.best()).bestVerb(command, host);
    case "plot":
      return await (await verbs.plot()).plotVerb(command, host);
    case "report":
      return await (await verbs.report()).reportVerb(command, host);
    case "check":
      return await (await verbs.check()).checkVerb(command, host);
    case "graph":
      return await (await verbs.graph()).graphVerb(command, host);
    case "set":
      return await (await verbs.set()).setVerb(command, host);
    case "rename":
      return await (await verbs.rename()).renameVerb(command, host);
    case "rm":
      return await (await verbs.rm()).rmVerb(command, host);
    case "add step":
      return await (await verbs.addStep()).addStepVerb(command, host);
    case "init":
      return await (await verbs.init()).initVerb(command, host);
    case "ui":
      return await (await verbs.ui()).uiVerb(command, host);
  }
}
