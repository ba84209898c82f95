import type { Context } from "../../../core/context.ts";

/** What the page is opened for: a folder, and maybe one pipeline in it. Absolute, links resolved. */
export interface UiPlace {
  readonly root: string;
  readonly file?: string;
}

/** Where to listen. */
export interface UiOptions {
  readonly place: UiPlace;
  readonly hostname?: string;
  readonly port?: number;
}

/** The server of the page. */
export interface UiParts {
  readonly ui: (
    context: Context,
    options: UiOptions,
  ) => Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
}
