/**
 * What is kept of each change, before it is made.
 *
 * @module
 */

import type { ChangeRecord } from "../../../core/ports/changes.ts";
import type { Store } from "../../../core/ports/store.ts";
import type { Node } from "./beneath.ts";

/** A change that is about to be made. */
export type Planned = Pick<ChangeRecord, "operation" | "path"> & {
  readonly newPath?: string;
  readonly before?: { readonly node: Node; readonly bytes?: Uint8Array };
  readonly after?: { readonly node: Pick<Node, "kind" | "mode">; readonly bytes?: Uint8Array };
};

/** Keeps changes, so that they can be taken back. */
export interface Recorder {
  /** Stores what is there now, and what is about to happen; then does it. */
  record<T>(planned: Planned, work: () => T): T;
}

/** Makes changes and remembers nothing. */
export const noRecorder: Recorder = { record: (_planned, work) => work() };

/** What a {@linkcode storeRecorder} is for. */
export interface RecorderOptions {
  readonly store: Pick<Store, "changes" | "objects">;
  readonly task: string;
  readonly now: () => number;
  /** From a path in the workspace to one in the project, which the store is about. */
  readonly inProject: (path: string) => string;
}

/** Keeps changes in a store. */
export function storeRecorder({ store, task, now, inProject }: RecorderOptions): Recorder {
  const { changes, objects } = store;
  return {
    record: (planned, work) => {
      const { operation, path, newPath, before, after } = planned;
      const id = changes.add({
        task,
        at: now(),
        operation,
        path: inProject(path),
        newPath: newPath && inProject(newPath),
        beforeRef: before?.bytes && objects.putBytes(before.bytes),
        beforeMode: before && fullMode(before.node),
        afterRef: after?.bytes && objects.putBytes(after.bytes),
        afterMode: after && fullMode(after.node),
        status: "intent",
      });
      try {
        const result = work();
        changes.setStatus(id, "done");
        return result;
      } catch (error) {
        changes.setStatus(id, "failed");
        throw error;
      }
    },
  };
}

const FOLDER = 0o040000;
const FILE = 0o100000;

function fullMode({ kind, mode }: Pick<Node, "kind" | "mode">): number {
  return (kind === "directory" ? FOLDER : FILE) | mode;
}

/** Whether a recorded mode is that of a folder. */
export function isFolderMode(mode: number | undefined): boolean {
  return mode !== undefined && (mode & 0o170000) === FOLDER;
}
