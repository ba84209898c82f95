import { ask } from "../api/client.ts";
import type { CleanPlan } from "../api/types.ts";
import type { App } from "./app.ts";
import type { DialogStore } from "./dialogs.ts";

/** Puts the files of an entry into the trash, when a person has seen which they are and what that means. */
export async function trashData(app: App, dialogs: DialogStore, key: string): Promise<void> {
  const path = app.state.document?.path;
  if (path === undefined) return;
  try {
    const seen = await ask("GET /api/clean", { query: { path, key } });
    const { plan, refused: [refused] } = seen;
    if (refused !== undefined) return app.tell(`${refused.path} stays: ${refused.refused}`);
    if (!seen.entries.some(isThere)) return app.tell(`'${key}' has no file`);
    const title = `Move ${key} to the trash?`;
    if (await dialogs.ask({ kind: "confirm", title, text: words(seen), yes: "Move to trash" }) !== "yes") return;
    await ask("POST /api/data/trash", { body: { path, key, plan, force: seen.source } });
  } catch (error) {
    app.tell((error as Error).message);
  }
}

type Entry = CleanPlan["entries"][number];

function isThere({ kind }: Entry): boolean {
  return kind !== "absent";
}

function words({ entries, source }: CleanPlan): string {
  const paths = entries.filter(isThere).map(({ path, kind, files }) => {
    return kind === "folder" ? `${path} (${files === 1 ? "1 file" : `${files} files`})` : path;
  });
  const after = source
    ? "No step makes it: it is source data, and could not be made again."
    : "A step can make it again.";
  return `${paths.join(", ")}. ${after}`;
}
