import { ask, ServerError } from "../api/client.ts";
import type { AppState } from "./app_state.ts";

/** How fresh the steps of a pipeline are, by their names. */
export async function statusOf(path: string): Promise<AppState["status"]> {
  try {
    const { steps } = await ask("GET /api/status", { query: { path } });
    return new Map(steps.map(({ name, ...rest }) => [name, rest]));
  } catch (error) {
    // Without states everything else is shown all the same.
    if (!(error instanceof ServerError)) throw error;
    return new Map();
  }
}
