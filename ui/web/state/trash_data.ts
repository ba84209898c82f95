import { ask, ServerError } from "../api/client.ts";
import type { App } from "./app.ts";
import type { DialogStore } from "./dialogs.ts";

/** Puts the files of an entry into the trash, after asking; once more for what no step could make again. */
export async function trashData(app: App, dialogs: DialogStore, key: string): Promise<void> {
  const path = app.state.document?.path;
  if (path === undefined || !await isSure(dialogs, key, "A step can make them again.")) return;
  const send = (force: boolean) => ask("/api/data/trash", { body: { path, key, force } });
  try {
    await send(false).catch(async (error) => {
      if (!(error instanceof ServerError) || error.body.code !== "source-data") throw error;
      if (await isSure(dialogs, key, "No step makes them: they are source data, and could not be made again.")) {
        await send(true);
      }
    });
  } catch (error) {
    app.tell((error as Error).message);
  }
}

async function isSure(dialogs: DialogStore, key: string, text: string): Promise<boolean> {
  const title = `Move the files of ${key} to the trash?`;
  return await dialogs.ask({ kind: "confirm", title, text, yes: "Move to trash" }) === "yes";
}
