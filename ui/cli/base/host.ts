import type { Context } from "../../../core/context.ts";
import type { EngineParts } from "./engine.ts";
import type { LoopParts } from "./loops.ts";
import type { Terminal } from "./terminal.ts";

/** What the command line is given from outside. */
export interface Host extends EngineParts, LoopParts {
  readonly terminal: Terminal;
  /** Made on demand: help and mistakes need none. */
  readonly context: () => Promise<Context>;
}
