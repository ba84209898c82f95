import { ask } from "../api/client.ts";
import type { App } from "./app.ts";

/** Opens the file of a data entry in the system's program; `false`, with a shake of `place`, if it is absent. */
export async function openData(app: App, key: string, place?: Element, file?: string): Promise<boolean> {
  const { document } = app.state;
  if (document === undefined) return false;
  const send = () => ask("/api/open", { body: { path: document.path, key, ...(file !== undefined && { file }) } });
  try {
    await send().catch(async (error) => {
      const { code, data } = error.body ?? {};
      if (code !== "not-trusted" || !await app.asks.trust(String(data?.folder ?? ""))) throw error;
      await send();
    });
    return true;
  } catch (error) {
    place?.classList.add("shake");
    place?.addEventListener("animationend", () => place.classList.remove("shake"), { once: true });
    app.tell((error as Error).message);
    return false;
  }
}
