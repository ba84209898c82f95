/**
 * The address says which pipeline is open, so that links, back and forward work.
 *
 * @module
 */

import { takeToken } from "../api/client.ts";
import type { App } from "./app.ts";

/** The pipeline that the address names. */
export function pathInAddress(): string | undefined {
  const hash = location.hash.slice(1);
  if (hash === "" || hash.startsWith("token=")) return undefined;
  try {
    return decodeURIComponent(hash);
  } catch {
    // Typed by hand, with a lone `%` in it.
    return hash;
  }
}

/** Names a pipeline there: the first one in the place of what stood there, others with a way back. */
export function showInAddress(path: string, isFirst: boolean): void {
  if (pathInAddress() === path) return;
  const address = `#${encodeURIComponent(path)}`;
  if (isFirst) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

/** Opens what the address names when a person goes back, forward, or types; an answer of no puts it back. */
export function followAddress(app: App, open: (path: string) => Promise<boolean>): void {
  globalThis.addEventListener("popstate", () => {
    // The address of another start of the server: from now on its token counts.
    takeToken();
    const wanted = pathInAddress();
    const path = app.state.document?.path;
    if (wanted === undefined && path !== undefined) return showInAddress(path, true);
    if (wanted === undefined || wanted === path) return;
    void open(wanted).then((isOpen) => {
      if (!isOpen && path !== undefined) history.pushState(null, "", `#${encodeURIComponent(path)}`);
    });
  });
}
