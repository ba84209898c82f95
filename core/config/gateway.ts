/**
 * When models go through loom's gateway although nobody chose a provider.
 *
 * @module
 */

import type { Problem } from "../errors.ts";
import { isTruthy } from "./kinds.ts";
import { withoutLogin } from "./shown.ts";
import type { Environment, Origin, Setting } from "./types.ts";

const ROLES = [["code_provider", "code"], ["feedback_provider", "feedback"]] as const;

/** Whether an address leads to this machine: `127.0.0.0/8`, `localhost`, `::1`, `0.0.0.0`, any port. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const host = new URL(address).hostname.replace(/\.$/, "");
  return /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])$/.test(host);
}

/**
 * Applies the rule to settings that have been merged: of a role that nobody chose a provider for, the provider becomes
 * `loom-proxy` if `loom_api_base` names another machine or `LOOM_PROXY_DEFAULT` says so. One role at a time.
 *
 * An address from a project's own file does not count: a folder that was downloaded does not decide where prompts go.
 */
export function applyGateway(
  settings: readonly Setting[],
  environment: Environment,
): { readonly settings: readonly Setting[]; readonly problems: readonly Problem[] } {
  const base = settings.find(({ key }) => key === "loom_api_base")!;
  const why = reason(base, environment);
  if (why === undefined) return { settings, problems: [] };
  const flipped = ROLES.filter(([key]) => settings.find((it) => it.key === key)!.origin.kind === "default");
  if (flipped.length === 0) return { settings, problems: [] };
  const keys: readonly string[] = flipped.map(([key]) => key);
  const origin: Origin = { kind: "hosted-gateway" };
  const changed = settings.map((it) => keys.includes(it.key) ? { ...it, value: "loom-proxy", origin } : it);
  return { settings: changed, problems: [notice(flipped.map(([, role]) => role), base, why)] };
}

function reason(base: Setting, environment: Environment): string | undefined {
  const isProjects = base.origin.kind === "file" && base.origin.role === "project";
  const isSet = base.origin.kind !== "default" && !isProjects;
  if (isSet && !isLoopback(base.value as string)) return "loom_api_base names another machine";
  return isTruthy(environment.get("LOOM_PROXY_DEFAULT")?.value) ? "LOOM_PROXY_DEFAULT is set" : undefined;
}

function notice(roles: readonly string[], base: Setting, why: string): Problem {
  const which = roles.length === 2 ? "Code and feedback models go" : `The ${roles[0]} model goes`;
  const message = `${which} through the gateway ${withoutLogin(base.value)}, because ${why}; ` +
    "it logs prompts and answers, secrets left out";
  return {
    level: "hint",
    code: "hosted-gateway",
    message,
    hint: `choose ${roles.map((role) => `--${role}-provider`).join(" and ")} to decide otherwise`,
  };
}
