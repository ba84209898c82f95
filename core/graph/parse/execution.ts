/**
 * The `execution` settings.
 *
 * @module
 */

import type { Execution } from "../pipeline.ts";
import type { Section } from "./section.ts";
import { amountMap } from "./values.ts";

const KEYS: ReadonlySet<string> = new Set(["parallel", "max_workers", "python", "cache", "resources"]);
const DEFAULTS: Execution = { parallel: false, cache: false, resources: new Map() };

/** Settings of `execution:`, defaults where it is silent. `max_workers: 0` means the default, as leaving it out does. */
export function parseExecution(top: Section): Execution {
  const settings = top.section("execution");
  if (settings === undefined) return DEFAULTS;
  settings.checkKeys(KEYS);
  const maxWorkers = workersOf(settings);
  const python = settings.text("python");
  return {
    parallel: settings.flag("parallel"),
    ...(maxWorkers !== undefined && { maxWorkers }),
    ...(python !== undefined && python !== "" && { python }),
    cache: settings.flag("cache"),
    resources: amountMap(settings, "resources"),
  };
}

function workersOf(settings: Section): number | undefined {
  const value = settings.get("max_workers");
  if (value === undefined || value === 0) return undefined;
  if (typeof value === "number" && value > 0) return value;
  settings.mismatch("max_workers", "a whole number of at least 1 (0: one for each CPU)", { code: "invalid-workers" });
  return undefined;
}
