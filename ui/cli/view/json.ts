/**
 * What machines read: events and tables as JSON in snake_case.
 *
 * @module
 */

import type { RunEvent } from "../../../core/ports/events.ts";
import type { Explanation, StepState } from "../../../core/run/session/request.ts";
import { skipText } from "./markers.ts";

/** One event as a line, without its end. */
export function eventJson(event: RunEvent): string {
  const { seq, at, type, run, ...rest } = event;
  const line = { seq, at, type, run, ...snakeKeys(rest), ...ownNames(event) };
  if (event.type !== "step_skipped" && event.type !== "part_skipped") return JSON.stringify(line);
  return JSON.stringify({ ...line, reason: skipText(event.reason), ...snakeKeys(event.reason) });
}

/** Names of parameters and metrics are a person's own, and stay as they are. */
function ownNames(event: RunEvent): Record<string, unknown> {
  if (event.type === "point_finished") return { values: event.values, metrics: event.metrics };
  return event.type === "point_started" ? { values: event.values } : {};
}

/** The document of `loom status --json`. */
export function statusJson(steps: readonly StepState[]): string {
  return JSON.stringify({ steps: steps.map(snakeKeys) }, null, 2);
}

/** The document of `loom explain --json`. */
export function explainJson(explanation: Explanation): string {
  return JSON.stringify(snakeKeys(explanation), null, 2);
}

function snakeKeys(value: object): Record<string, unknown> {
  const pairs = Object.entries(value).map(([key, item]) => [snake(key), snakeValue(item)]);
  return Object.fromEntries(pairs);
}

function snakeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeValue);
  return typeof value === "object" && value !== null ? snakeKeys(value) : value;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
