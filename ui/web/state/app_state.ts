/**
 * What the page knows, and what is asked of it, as types.
 *
 * @module
 */

import type { Problem } from "../../../core/errors.ts";
import type { Value } from "../../../core/graph/text/mod.ts";
import type { Pipeline } from "../../../core/graph/pipeline.ts";
import { type Canvas, EMPTY } from "../../graph/canvas.ts";
import type { DocumentState } from "../../graph/document.ts";
import type { RunView } from "../../graph/run_view.ts";
import type { RunWish } from "../api/types.ts";
import type { Place } from "./layout.ts";

/** What is shown. */
export interface AppState {
  readonly root: string;
  readonly version: string;
  readonly pipelines: readonly { readonly path: string; readonly name: string }[];
  readonly document?: DocumentState;
  /** The file is no longer on the disk: the digest that the server has of nothing. */
  readonly gone?: string;
  readonly pipeline?: Pipeline;
  /** The whole file, the keys that no pipeline has too; of the last text that could be read. */
  readonly value?: Value;
  readonly canvas: Canvas;
  readonly places: ReadonlyMap<string, Place>;
  readonly problems: readonly Problem[];
  /** Step to its freshness, with the reason. */
  readonly status: ReadonlyMap<string, { readonly state: string; readonly reasons: readonly string[] }>;
  readonly run?: RunView;
  /** The one box that is selected, or the last of several. */
  readonly selected?: string;
  /** All that are. */
  readonly selection: ReadonlySet<string>;
  /** Whether the server can be reached. */
  readonly isLinked: boolean;
  /** Whether the server is another start, which does not know this page. */
  readonly isStranger: boolean;
  /** Whether programs of this folder may be run. */
  readonly isAllowed: boolean;
  /** Words for the person, until they are taken away. */
  readonly notice?: string;
}

/** Nothing is known of a text that was not read yet. */
export const NOT_READ = {
  pipeline: undefined,
  value: undefined,
  canvas: EMPTY,
  places: new Map(),
  problems: [],
  gone: undefined,
} satisfies Partial<AppState>;

/** Before anything is known. */
export const NOTHING: AppState = {
  ...NOT_READ,
  root: "",
  version: "",
  pipelines: [],
  status: new Map(),
  selection: new Set(),
  isLinked: false,
  isStranger: false,
  isAllowed: false,
};

/** What the App has to ask a person; dialogs answer. */
export interface Asks {
  /** Whether the changes are to be saved before a run. */
  saveFirst(): Promise<boolean>;
  /** Whether something of this folder may be run. */
  trust(folder: string): Promise<boolean>;
  /** What was chosen for runs, wherever they are started from. */
  options(): Partial<RunWish>;
}
