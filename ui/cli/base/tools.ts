import type { Context } from "../../../core/context.ts";
import type { Store } from "../../../core/ports/store.ts";
import type { BrokenPlugin, Launch, Place, ToolRegistry } from "../../../core/tools/mod.ts";
import type { UndoDeps } from "../../../core/undo/mod.ts";

/** How a folder is opened for tools. */
export interface OpenWish {
  /** Absolute. */
  readonly folder: string;
  /** What the changes that are made are recorded under. */
  readonly task: string;
  /** Whether a person typed `--no-sandbox`. */
  readonly noSandbox?: boolean;
  readonly onNotice: (message: string) => void;
}

/** A folder that tools work in. */
export interface OpenPlace extends Disposable {
  readonly workspace: UndoDeps["workspace"];
  readonly place: Place;
  readonly store: Store;
  readonly launch: Launch;
}

/** Tools of this machine: what the verbs about them need. */
export interface ToolDesk extends AsyncDisposable {
  /** With the plugins whose tools cannot be had. */
  all(): Promise<{ readonly registry: ToolRegistry; readonly broken: readonly BrokenPlugin[] }>;
  open(wish: OpenWish): Promise<OpenPlace>;
  /** The project that a folder is in, opened as a whole so that changes in it can be taken back. */
  openProject(wish: OpenWish): Promise<OpenPlace>;
}

/** Loaded when it is needed. */
export interface ToolParts {
  readonly tools: (context: Context) => Promise<ToolDesk>;
}
