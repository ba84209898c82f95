/**
 * What surrounds a provider while it is tried.
 *
 * @module
 */

import type { CommandOutcome, CommandWish } from "../../ports/tool.ts";
import type { Workspace } from "../../ports/workspace.ts";

/** What surrounds a provider while it is tried. */
export interface ContractTools {
  /** A new and empty workspace. */
  workspace(): Promise<Workspace>;
  /** Starts a program in that workspace, in a sandbox; absent where none can be started. */
  readonly run?: (wish: CommandWish) => Promise<CommandOutcome>;
  /** Absolute folder that holds `train.csv`: the text {@linkcode TRAIN_CSV}. */
  readonly dataDir: string;
  /** Variables of the process the provider runs in, as they are now. */
  environment(): Readonly<Record<string, string>>;
  /** Secrets that were planted in that environment, by name; they must appear nowhere. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Resolves after so many milliseconds; rejects when the signal aborts. Only to bound a wait, never to time one. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What `train.csv` in {@linkcode ContractTools.dataDir} holds. */
export const TRAIN_CSV = "id,target\n1,0\n2,1\n3,0\n";
