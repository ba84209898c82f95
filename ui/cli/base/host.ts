import type { Context } from "../../../core/context.ts";
import type { Charts } from "../../../core/ports/charts.ts";
import type { DoctorParts } from "./doctor.ts";
import type { EngineParts } from "./engine.ts";
import type { LoopParts } from "./loops.ts";
import type { MachineParts } from "./machine.ts";
import type { PluginParts } from "./plugins.ts";
import type { Moment } from "./revoke.ts";
import type { ToolParts } from "./tools.ts";
import type { UiParts } from "./ui.ts";
import type { Terminal } from "./terminal.ts";

/** What the command line is given from outside. */
export interface Host extends EngineParts, LoopParts, PluginParts, DoctorParts, ToolParts, MachineParts, UiParts {
  readonly terminal: Terminal;
  /** Made on demand: help and mistakes need none. */
  readonly context: () => Promise<Context>;
  readonly charts: () => Promise<Charts>;
  /** Gives up what the verb does not need. */
  readonly revoke: (verb: string, moment: Moment) => void;
}
