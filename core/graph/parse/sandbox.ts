/**
 * `sandbox:` of a step.
 *
 * @module
 */

import { isHostFault, parseHost } from "../../gate/policy/hosts.ts";
import type { StepSandbox } from "../pipeline.ts";
import { asNumber, type Section, show } from "./section.ts";

const KEYS: ReadonlySet<string> = new Set(["write", "hosts", "memory"]);

const PLAIN: StepSandbox = { write: [], hosts: [] };

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** Less than that, and no interpreter starts. */
const LEAST_MEMORY = 16 * 1024 ** 2;

/** `true`, or a map of what the step may do besides; `undefined` for a step with the rights of whoever runs it. */
export function parseSandbox(step: Section): StepSandbox | undefined {
  const value = step.get("sandbox");
  if (!(value instanceof Map)) return sandboxFlag(step);
  const settings = step.section("sandbox")!;
  settings.checkKeys(KEYS);
  return { write: pathsOf(settings), hosts: hostsOf(settings), ...memoryOf(settings) };
}

function sandboxFlag(step: Section): StepSandbox | undefined {
  const value = step.get("sandbox");
  if (value === undefined || typeof value === "boolean") return value ? PLAIN : undefined;
  step.mismatch("sandbox", "true, false or a map", { code: "not-a-boolean", hint: "write it without quotes" });
  return undefined;
}

function pathsOf(settings: Section): readonly string[] {
  const paths = settings.texts("write");
  if (paths.every((path) => path !== "")) return paths;
  settings.error({ code: "empty-value", message: `${settings.named("write")} holds an empty path`, under: ["write"] });
  return [];
}

function hostsOf(settings: Section): readonly string[] {
  const hosts = settings.texts("hosts");
  for (const host of hosts) {
    const read = parseHost(host);
    if (!isHostFault(read)) continue;
    const message = `${settings.named("hosts")} cannot hold '${host}': ${read.fault}`;
    settings.error({ code: "invalid-host", message, hint: read.hint, under: ["hosts"] });
  }
  return hosts;
}

function memoryOf(settings: Section): Pick<StepSandbox, "memoryBytes"> {
  const value = settings.get("memory");
  if (value === undefined) return {};
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(settings.text("memory") ?? "") ?? [];
  const bytes = asNumber(value) ?? Number(amount) * UNITS[unit.toLowerCase()];
  if (bytes >= LEAST_MEMORY && Number.isFinite(bytes)) return { memoryBytes: Math.floor(bytes) };
  const message = `${settings.named("memory")} must be an amount of at least 16m, not ${show(value)}`;
  settings.error({ code: "invalid-memory", message, hint: "such as 512m or 2g", under: ["memory"] });
  return {};
}
