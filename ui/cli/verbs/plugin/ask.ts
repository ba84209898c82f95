/**
 * Leave to change what plugins there are: asked of the gate, which asks the person, and written down.
 *
 * @module
 */

import { authorize, type Wish } from "../../../../core/gate/mod.ts";
import { askerFor, gateFor, originHere } from "../../base/approve.ts";
import { tellProblems } from "../../view/problems.ts";
import type { PluginPlace } from "./desk.ts";

/** What is about to be done, and to what. */
export interface PluginDeed {
  /** Such as `add the plugin greet 1.0.0`. */
  readonly action: string;
  /** All that was shown, so that the yes is to this. */
  readonly shown: unknown;
  /** Whether a person is asked, or only told. */
  readonly asks: boolean;
  /** Whether `--yes` was typed. */
  readonly yes: boolean;
}

/**
 * Asks, does the work, and writes down what came of it in the log of the person's own state.
 *
 * @throws {LoomError} `refused` for a no, and where nobody can be asked; what the work throws.
 */
export async function withLeave<T>(deed: PluginDeed, place: PluginPlace, work: () => Promise<T>): Promise<T> {
  const { host: { terminal }, context, desk } = place;
  const store = context.stores.openUser((message) => terminal.writeError(`${message}\n`));
  try {
    const gate = await gateFor({
      terminal,
      context,
      store,
      yes: deed.yes,
      onProblems: (problems) => tellProblems(problems, terminal, context.cwd),
    });
    const leave = await authorize(wishOf(deed, desk.shelf.folder), {
      ...gate,
      note: undefined,
      ask: asker(deed, place),
    });
    try {
      const result = await work();
      leave.done();
      return result;
    } catch (error) {
      leave.failed(error instanceof Error ? error.message : String(error));
      throw error;
    }
  } finally {
    store.close();
  }
}

/** Rights were shown in plain words: the question is all that is left to say. */
function asker({ action }: PluginDeed, { host: { terminal }, context }: PluginPlace) {
  const ask = askerFor(originHere(context.env, terminal), terminal);
  return ask && (({ policy }: Parameters<typeof ask>[0]) => ask({ text: `About to ${action}`, policy }));
}

function wishOf({ action, asks, shown }: PluginDeed, folder: string): Wish {
  const tier = asks ? "expensive" : "workspace-write";
  const nothing = { read: [], hosts: [], programs: [], variables: [] };
  return { policy: { actor: "loom plugin", action, tier, write: [folder], ...nothing }, arguments: shown };
}
