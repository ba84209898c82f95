import type { SandboxMachine, SandboxRendering, SandboxSpec } from "../../../core/ports/sandbox.ts";
import type { SubprocessSpec } from "../../../core/ports/subprocess.ts";
import { type Cgroup, makeCgroup, needsCgroup } from "./cgroup.ts";
import type { Egress } from "./egress/egress.ts";
import { filterPath } from "./filter_file.ts";
import { carried, firstShell, type FullLimits, ownProcesses, preparation, secondShell, variablesOf } from "./inside.ts";
import { comparison, identify } from "./identity.ts";
import { keptOf } from "./machine.ts";
import { placeholders } from "./placeholders.ts";
import type { SandboxMeans } from "./state.ts";

/** A program with everything that goes around it. */
export interface Wrapped extends Pick<SubprocessSpec, "argv" | "env" | "cwd" | "secrets"> {
  /** To be called when it has ended. */
  readonly over: () => void;
}

/** What a program is wrapped with. */
export interface Wrapping {
  readonly means: Extract<SandboxMeans, { available: true }>;
  readonly rendering: SandboxRendering;
  readonly limits: FullLimits;
  readonly egress?: Egress;
}

/** A program in a sandbox. */
export function confined(spec: SandboxSpec, wrapping: Wrapping): Wrapped {
  return wrapping.means.kind === "bubblewrap" ? inBubblewrap(spec, wrapping) : inSeatbelt(spec, wrapping);
}

/** A program that has limits, its own variables, and otherwise the rights of whoever runs loom. */
export function unconfined(spec: SandboxSpec, limits: FullLimits): Wrapped {
  const variables = variablesOf(spec);
  const argv = [...secondShell(preparation([...variables.keys()], limits)), ...spec.argv];
  return { argv, env: carried(variables), cwd: spec.cwd, secrets: spec.secrets, over: () => {} };
}

function inBubblewrap(asked: SandboxSpec, wrapping: Wrapping): Wrapped {
  const { means, rendering, limits, egress } = wrapping;
  const { policy, identities } = identify(asked.policy);
  const spec = { ...asked, policy };
  const machine = machineFor(spec, wrapping);
  const inside = insideOf(spec, wrapping);
  const { prepared } = inside;
  const check = comparison(identities, 3);
  const shells = egress === undefined
    ? firstShell(check, prepared)
    : [...firstShell(check), ...egress.relay, ...secondShell(prepared)];
  const bubblewrap = [means.program, ...filterArguments(spec), ...rendering.bubblewrap(policy, machine), "--"];
  const kept = placeholders(machine.absent);
  const group = needsCgroup()
    ? makeCgroup(limits.processes + ownProcesses + (egress === undefined ? 0 : RELAY_THREADS))
    : undefined;
  return {
    ...inside,
    argv: [...outerShell(spec, group), ...bubblewrap, ...shells, ...spec.argv],
    // Inside, it starts where it should; outside it has no business anywhere.
    cwd: "/",
    over: () => {
      kept.release();
      group?.release();
    },
  };
}

function machineFor(
  { policy, cwd }: SandboxSpec,
  { means, limits, egress }: Wrapping,
): SandboxMachine {
  const { system, links, sizes } = means;
  return { system, links, sizes, tmpBytes: limits.tmpBytes, cwd, ...keptOf(policy), egress: egress?.shown };
}

/** What the last shell before a program does, and the variables from which it does it. */
function insideOf(spec: SandboxSpec, { limits, egress }: Wrapping, more: ReadonlyMap<string, string> = new Map()) {
  const variables = new Map([...variablesOf(spec), ...(egress?.variables ?? []), ...more]);
  return {
    prepared: preparation([...variables.keys()], limits),
    env: { ...carried(variables), ...egress?.relayVariables },
    secrets: [...(spec.secrets ?? []), ...(egress === undefined ? [] : [egress.token])],
  };
}

/** They count too, and are not the program's. */
const RELAY_THREADS = 40;

/** A shell that joins the group, and opens the filter for bubblewrap, which takes it by the number of an open file. */
const OUTSIDE = `[ -z "$1" ] || echo $$ >"$1" || exit 125
[ -z "$2" ] || exec 3<"$2"
shift 2
exec "$@"`;

function outerShell(spec: SandboxSpec, group: Cgroup | undefined): readonly string[] {
  return ["/bin/sh", "-c", OUTSIDE, "sh", group?.joinPath ?? "", filterFor(spec) ?? ""];
}

function filterArguments(spec: SandboxSpec): readonly string[] {
  return filterFor(spec) === undefined ? [] : ["--seccomp", "3"];
}

/** The way to the proxy is a socket by path: only who may take it may open any. */
function filterFor({ policy }: SandboxSpec): string | undefined {
  return filterPath({ unixSockets: policy.hosts.length > 0 });
}

function inSeatbelt(asked: SandboxSpec, wrapping: Wrapping): Wrapped {
  const { means, rendering } = wrapping;
  const { policy } = identify(asked.policy);
  const spec = { ...asked, policy };
  const tmp = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "loom-sandbox-" }));
  const { prepared, env, secrets } = insideOf(spec, wrapping, new Map([["TMPDIR", tmp]]));
  const profile = rendering.seatbelt(policy, { ...machineFor(spec, wrapping), tmp });
  return {
    env,
    secrets,
    argv: [means.program, "-p", profile, ...secondShell(prepared), ...spec.argv],
    cwd: spec.cwd,
    over: () => Deno.removeSync(tmp, { recursive: true }),
  };
}
