/**
 * A policy as a profile for `sandbox-exec` of macOS. Of the rules that fit, the last one counts.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import { dirname } from "../../paths.ts";
import type { Policy } from "../../ports/policy.ts";
import type { SandboxMachine } from "../../ports/sandbox.ts";
import { normalizePolicy } from "../policy/policy.ts";

/** Services without which programs do not start or cannot tell the time. None of them does anything for its caller. */
const SERVICES: readonly string[] = [
  "com.apple.system.logger",
  "com.apple.system.notification_center",
  "com.apple.system.opendirectoryd.libinfo",
];

/** Devices that hold nothing. */
const DEVICES: readonly string[] = ["/dev/null", "/dev/zero", "/dev/tty", "/dev/dtracehelper"];
const SOURCES: readonly string[] = ["/dev/random", "/dev/urandom"];

/**
 * The profile, as text.
 *
 * @throws {LoomError} `policy-invalid`, also for a path with control characters, which a profile cannot name.
 */
export function seatbeltProfile(policy: Policy, machine: SandboxMachine): string {
  const { read, write } = normalizePolicy(policy);
  const own = machine.tmp === undefined ? [] : [machine.tmp];
  const writable = [...write, ...own];
  const readable = [...machine.system, ...read, ...writable, ...machine.egress?.read ?? []];
  return [
    "(version 1)",
    "(deny default)",
    "(allow process-exec process-fork)",
    "(allow signal (target same-sandbox))",
    "(allow sysctl-read)",
    ...SERVICES.map((name) => `(allow mach-lookup (global-name ${quoted(name)}))`),
    ...rule("allow file-read-metadata", "literal", above(readable)),
    ...rule("allow file-read*", "literal", ["/", ...DEVICES, ...SOURCES]),
    ...rule("allow file-write*", "literal", DEVICES),
    ...rule("allow file-read*", "subpath", readable),
    ...rule("allow file-write*", "subpath", writable),
    ...rule("deny file-write*", "subpath", [...machine.kept, ...machine.absent.map(({ path }) => path)]),
    ...network(policy, machine),
    "",
  ].join("\n");
}

function network({ hosts }: Policy, { egress }: SandboxMachine): readonly string[] {
  if (hosts.length === 0 || egress?.port === undefined) return ["(deny network*)"];
  return ["(deny network*)", `(allow network-outbound (remote ip ${quoted(`localhost:${egress.port}`)}))`];
}

function rule(action: string, filter: "literal" | "subpath", paths: readonly string[]): readonly string[] {
  return paths.map((path) => `(${action} (${filter} ${quoted(path)}))`);
}

/** The folders on the way to paths: programs ask what they are, to resolve links. */
function above(paths: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(path); folder !== "/" && !found.has(folder); folder = dirname(folder)) found.add(folder);
  }
  return [...found].toSorted();
}

function quoted(text: string): string {
  // deno-lint-ignore no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    throw new LoomError("policy-invalid", `Cannot allow ${JSON.stringify(text)}: it has a control character in it`, {
      hint: "rename it",
    });
  }
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
