import { ask } from "../api/client.ts";
import type { App } from "./app.ts";

/** Opens the file of a data entry in the system's program; `false`, with a shake of `place`, if it is absent. */
export async function openData(app: App, key: string, place?: Element, file?: string): Promise<boolean> {
  const { document } = app.state;
  if (document === undefined) return false;
  if (!await app.mayRun()) return false;
  try {
    await ask("/api/open", { body: { path: document.path, key, ...(file !== undefined && { file }) } });
    return true;
  } catch (error) {
    place?.classList.add("shake");
    place?.addEventListener("animationend", () => place.classList.remove("shake"), { once: true });
    app.tell((error as Error).message);
    return false;
  }
}
