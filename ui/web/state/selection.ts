/**
 * What is selected, as the panels need it.
 *
 * @module
 */

import { stepNamed } from "../../graph/blocked.ts";
import type { AppState } from "./app_state.ts";

/** Names of the steps that are selected; a text, so that views see whether it is another one. */
export function selectedSteps({ pipeline, selection }: AppState): string {
  if (pipeline === undefined) return "[]";
  return JSON.stringify([...selection].filter((id) => stepNamed(pipeline, id) !== undefined));
}
