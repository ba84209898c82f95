/**
 * The peers of the loops as they take part in a contest.
 *
 * @module
 */

import { venvProgram } from "../../support/peers.ts";
import type { Settings } from "../../support/row.ts";
import type { Contender } from "./contest.ts";
import type { Ground } from "./ground.ts";
import { figuresOf, nodePeer, peerFile, setUpNodePeers } from "./node_peers.ts";

/** Names by which peers of the loops are chosen. */
export const LOOP_PEERS = ["langgraph", "dbos", "loomc"] as const;

/** When LangGraph writes a checkpoint: before the next step, beside it, or at the end. */
export type LangGraphDurability = "sync" | "async" | "exit";

/** Name of LangGraph in a table. */
export function langGraphName(durability: LangGraphDurability): string {
  return `LangGraph ${durability}`;
}

/** LangGraph JS with its SQLite saver, if it was asked for. */
export async function langGraph(
  { peers }: Settings,
  ground: Ground,
  { steps, change, durabilities }: { steps: number; change: boolean; durabilities: readonly LangGraphDurability[] },
): Promise<readonly Contender[]> {
  if (!peers.includes("langgraph")) return [];
  await setUpNodePeers();
  return durabilities.map((durability) =>
    nodePeer(ground, {
      name: langGraphName(durability),
      role: "peer",
      program: "langgraph.cjs",
      given: () => ({ file: ground.newPath("langgraph.db"), steps, durability, change }),
    })
  );
}

/** The original library, if it was asked for; `given` chooses what it does. */
export function originalLoop(
  { peers }: Settings,
  ground: Ground,
  given: Readonly<Record<string, unknown>>,
): readonly Contender[] {
  if (!peers.includes("loomc")) return [];
  const argv = [venvProgram("python"), peerFile("original_loop.py")];
  const measure = () => figuresOf(argv, ground, { file: ground.newPath("original.db"), ...given });
  return [{ name: "loomc 0.3.0", role: "peer", measure }];
}
