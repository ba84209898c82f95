/**
 * The open file on the disk: written, and taken up again when somebody else has written it.
 *
 * @module
 */

import { changedOnDisk, type DocumentState, isChanged, saved, settle } from "../../graph/document.ts";
import { ask, ServerError } from "../api/client.ts";
import type { PipelineFile } from "../api/types.ts";
import type { AppState } from "./app_state.ts";
import { keepDocument } from "./kept.ts";

/** What is done to the page. */
interface Door {
  readonly state: () => AppState;
  readonly set: (change: Partial<AppState>) => void;
  readonly show: (document: DocumentState) => Promise<void>;
  readonly tell: (error: unknown) => void;
}

/** Reads a file; of one that is not there the text is empty. */
export function readFile(path: string): Promise<PipelineFile> {
  return ask("GET /api/file", { query: { path } });
}

/** Keeps the document and its file in step. */
export class Disk {
  readonly #door: Door;
  /** Writings come one after the other: each goes by what the one before it left. */
  #saving: Promise<boolean> = Promise.resolve(true);

  constructor(door: Door) {
    this.#door = door;
  }

  /** Writes the text; `false` if somebody else wrote meanwhile, and it could not be put together. */
  save(): Promise<boolean> {
    return this.#saving = this.#saving.then(() => this.#save());
  }

  async #save(): Promise<boolean> {
    const { document, gone } = this.#door.state();
    if (document === undefined || (!isChanged(document) && gone === undefined)) return true;
    const { path, base, text } = document;
    try {
      const body = { path, base: gone ?? base.digest, text };
      const { digest } = await ask("PUT /api/file", { body });
      const { document: now, root } = this.#door.state();
      if (now?.path !== path) return true;
      const written = saved(now, { text, digest });
      this.#door.set({ document: written, gone: undefined, notice: undefined });
      keepDocument(root, written);
      return true;
    } catch (error) {
      if (!(error instanceof ServerError) || error.status !== 409) return this.#door.tell(error), false;
      await this.takeUp(path);
      return false;
    }
  }

  /** Takes up what stands in the file now. One that is gone leaves what is shown as it is. */
  async takeUp(path: string): Promise<void> {
    try {
      const { text, digest, exists } = await readFile(path);
      const { document } = this.#door.state();
      if (document?.path !== path) return;
      if (!exists && document.base.text !== "") return this.#door.set({ gone: digest });
      this.#door.set({ gone: undefined });
      const now = changedOnDisk(document, { text, digest }, performance.now());
      if (now !== document) await this.#door.show(now);
    } catch (error) {
      this.#door.tell(error);
    }
  }

  /** A conflict ends as the person says; with theirs, as it stands there by then. */
  async settle(choice: "mine" | "theirs"): Promise<void> {
    const { document } = this.#door.state();
    if (document === undefined) return;
    await this.takeUp(document.path);
    const now = this.#door.state().document;
    if (now?.path !== document.path) return;
    await this.#door.show(settle(now, choice, performance.now(), now.conflict ?? now.base));
  }
}
