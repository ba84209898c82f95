/**
 * The verbs about runs, each loaded when it is asked for.
 *
 * @module
 */

import type { Host } from "../../base/host.ts";
import type { LoopVerb } from "../../words/loop_flags.ts";
import type { Command } from "../../words/command.ts";

/** Does what the command asks for. */
export async function loopVerb(command: Extract<Command, { verb: LoopVerb }>, host: Host): Promise<number> {
  switch (command.verb) {
    case "runs":
      return await (await import("./runs.ts")).runsVerb(command, host);
    case "show":
      return await (await import("./show.ts")).showVerb(command, host);
    case "resume":
      return await (await import("./resume.ts")).resumeVerb(command, host);
    case "export":
      return await (await import("./export.ts")).exportVerb(command, host);
    case "fork":
      return await (await import("./fork.ts")).forkVerb(command, host);
    case "answer":
      return await (await import("./answer.ts")).answerVerb(command, host);
    case "cancel":
      return await (await import("./cancel.ts")).cancelVerb(command, host);
    case "prune":
      return await (await import("./prune.ts")).pruneVerb(command, host);
    case "import":
      return await (await import("./import.ts")).importVerb(command, host);
    case "prices":
      return (await import("./prices.ts")).pricesVerb(command, host);
  }
}
