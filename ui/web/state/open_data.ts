import { ask } from "../api/client.ts";
import type { App } from "./app.ts";
import type { DataStore } from "./data.ts";

/** Opens the file of a data entry in the system's program; `false`, with a shake of `place`, if it is absent. */
export async function openData(app: App, key: string, place?: Element, file?: string): Promise<boolean> {
  const { document } = app.state;
  if (document === undefined) return false;
  if (!await app.mayRun()) return false;
  try {
    await ask("POST /api/open", { body: { path: document.path, key, ...(file !== undefined && { file }) } });
    return true;
  } catch (error) {
    shake(place);
    app.tell((error as Error).message);
    return false;
  }
}

/** The same for a box of the canvas: what is known to be absent shakes without a question to anybody. */
export async function openBox(app: App, data: DataStore, key: string): Promise<void> {
  const place = document.querySelector(`.react-flow__node[data-id="${CSS.escape(`data_${key}`)}"] .box`) ?? undefined;
  const fact = data.get().facts.get(key);
  if (fact?.exists !== "missing") return void await openData(app, key, place);
  shake(place);
  app.tell(fact.path === "" ? `${key} has no path yet` : `There is nothing at ${fact.path} yet`);
}

function shake(place: Element | undefined): void {
  place?.classList.add("shake");
  place?.addEventListener("animationend", () => place.classList.remove("shake"), { once: true });
}
