/**
 * The verbs about runs, each loaded when it is asked for.
 *
 * @module
 */

import type { Host } from "../../base/host.ts";
import type { LoopVerb } from "../../words/loop_flags.ts";
import type { Command } from "../../words/command.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

/** One verb needs little of what all of them need. */
const verbs = {
  runs: (): Promise<typeof import("./runs.ts")> => import(isReached ? "./runs.ts" : "./runs.ts"),
  show: (): Promise<typeof import("./show.ts")> => import(isReached ? "./show.ts" : "./show.ts"),
  resume: (): Promise<typeof import("./resume.ts")> => import(isReached ? "./resume.ts" : "./resume.ts"),
  export: (): Promise<typeof import("./export.ts")> => import(isReached ? "./export.ts" : "./export.ts"),
  fork: (): Promise<typeof import("./fork.ts")> => import(isReached ? "./fork.ts" : "./fork.ts"),
  answer: (): Promise<typeof import("./answer.ts")> => import(isReached ? "./answer.ts" : "./answer.ts"),
  cancel: (): Promise<typeof import("./cancel.ts")> => import(isReached ? "./cancel.ts" : "./cancel.ts"),
  prune: (): Promise<typeof import("./prune.ts")> => import(isReached ? "./prune.ts" : "./prune.ts"),
  import: (): Promise<typeof import("./import.ts")> => import(isReached ? "./import.ts" : "./import.ts"),
  prices: (): Promise<typeof import("./prices.ts")> => import(isReached ? "./prices.ts" : "./prices.ts"),
};

/** Does what the command asks for. */
export async function loopVerb(command: Extract<Command, { verb: LoopVerb }>, host: Host): Promise<number> {
  switch (command.verb) {
    case "runs":
      return await (await verbs.runs()).runsVerb(command, host);
    case "show":
      return await (await verbs.show()).showVerb(command, host);
    case "resume":
      return await (await verbs.resume()).resumeVerb(command, host);
    case "export":
      return await (await verbs.export()).exportVerb(command, host);
    case "fork":
      return await (await verbs.fork()).forkVerb(command, host);
    case "answer":
      return await (await verbs.answer()).answerVerb(command, host);
    case "cancel":
      return await (await verbs.cancel()).cancelVerb(command, host);
    case "prune":
      return await (await verbs.prune()).pruneVerb(command, host);
    case "import":
      return await (await verbs.import()).importVerb(command, host);
    case "prices":
      return (await verbs.prices()).pricesVerb(command, host);
  }
}
