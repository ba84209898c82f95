import type { LoopStore, StateTools } from "../../ports/loop_store.ts";
import { runAsync } from "../base/flow.ts";
import { textOf } from "../state/blobs.ts";

/** A stored state as JSON text. */
export async function stateText(ref: string, store: LoopStore, tools: StateTools): Promise<string> {
  return await runAsync(textOf(ref, (it) => store.blob(it), tools));
}
