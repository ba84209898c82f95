/**
 * What stands between the sandbox and the program in it: two shells, of which the second becomes the program.
 *
 * The first is number 1 in there. It takes in what others leave behind, and waits. The second takes on the variables and
 * the limits.
 *
 * @module
 */

import { LoomError } from "../../../core/errors.ts";
import type { SandboxLimits, SandboxSpec } from "../../../core/ports/sandbox.ts";

/** Limits with nothing left open, save what is unlimited. */
export type FullLimits = SandboxLimits & Required<Omit<SandboxLimits, "wallMs" | "cpuSeconds">>;

const GIB = 1024 ** 3;

/** Files that may be open at a time, of one process. */
const OPEN_FILES = 4096;

/** The launcher's defaults. */
export function fullLimits(limits: SandboxLimits = {}): FullLimits {
  const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
  const memoryBytes = Math.floor(Deno.systemMemoryInfo().total * 3 / 4);
  return {
    graceMs: 5_000,
    memoryBytes,
    processes: 512,
    fileBytes: 16 * GIB,
    tmpBytes: GIB,
    outputBytes: GIB,
    ...given,
  };
}

/** Bubblewrap and the first shell, or that and a relay: they count where processes are counted. */
export const ownProcesses = 2;

/** A limit that is stricter already cannot be raised, and need not be. One that cannot be set is not done without. */
const LIMIT = `_loom_limit() {
  ulimit "-$1" "$2" 2>/dev/null && return
  _loom_now=$(ulimit "-$1" 2>/dev/null) && [ "$_loom_now" != unlimited ] && [ "$_loom_now" -le "$2" ]
}
_loom_refuse() { echo "loom: cannot limit $1 here" >&2; exit 125; }
`;

/**
 * Arguments of the first shell, which becomes the second itself where nothing stands between them.
 *
 * What a shell says of a program's end by a signal is nothing that the program wrote, so the first one is silent.
 *
 * @param check What has to hold before anything else is done; speaks on 3.
 * @param second What the other shell does, or nothing if it is started by what follows.
 */
export function firstShell(check: string, second = ""): readonly string[] {
  const script = `exec 3>&2 2>/dev/null\n${check}(\nexec 2>&3 3>&-\n${second}\nexec "$@"\n)\nexit $?`;
  return ["/bin/sh", "-c", script, "sh"];
}

/** Arguments of a second shell of its own, up to the program it becomes. */
export function secondShell(second: string): readonly string[] {
  return ["/bin/sh", "-c", `${second}\nexec "$@"`, "sh"];
}

/** What the second shell does before it becomes the program. */
export function preparation(names: readonly string[], limits: FullLimits): string {
  const unset = names.map((_, at) => carrier(at));
  return [
    ...names.map((name, at) => `${name}=$${carrier(at)}; export ${name}`),
    ...(unset.length > 0 ? [`unset ${unset.join(" ")}`] : []),
    `${LIMIT}${limitLines(limits).join("\n")}`,
    "unset -f _loom_limit _loom_refuse; unset _loom_now",
  ].join("\n");
}

function limitLines({ cpuSeconds, memoryBytes, processes, fileBytes }: FullLimits): readonly string[] {
  // Data and not address space: runtimes of languages reserve hundreds of gigabytes that they never touch.
  const memory = `_loom_limit d ${Math.floor(memoryBytes / 1024)} || _loom_refuse memory`;
  // One option, two names, by the shell. Elsewhere it would count all programs of the user, in no sandbox too.
  const counted = `_loom_limit u ${processes} || _loom_limit p ${processes} || _loom_refuse processes`;
  return [
    ...(cpuSeconds === undefined
      ? []
      : [`_loom_limit t ${Math.max(1, Math.ceil(cpuSeconds))} || _loom_refuse "processor time"`]),
    ...(Deno.build.os === "linux" ? [memory] : []),
    `_loom_limit f ${Math.floor(fileBytes / 512)} || _loom_refuse "the length of files"`,
    ...(Deno.build.os === "linux" ? [counted] : []),
    `_loom_limit n ${OPEN_FILES} || _loom_refuse "open files"`,
    "_loom_limit c 0 || _loom_refuse dumps",
  ];
}

/** Variables that shells keep for themselves. */
const SHELLS_OWN: ReadonlySet<string> = new Set(["UID", "EUID", "PPID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO"]);

/** What a loom that is started in a sandbox asks for is not asked for by a person. */
const MARK = ["LOOM_ORIGIN", "agent"] as const;

/**
 * The variables that a program is given: those the policy names, and of these the ones that have a value; and a mark.
 *
 * @throws {LoomError} `invalid-variable` for names that a shell cannot set.
 */
export function variablesOf({ env, policy }: SandboxSpec): ReadonlyMap<string, string> {
  const names = [...new Set(policy.variables)].filter((name) => Object.hasOwn(env, name));
  for (const name of names) {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !SHELLS_OWN.has(name) && !name.startsWith("_loom_")) continue;
    throw new LoomError("invalid-variable", `Cannot give the variable '${name}' to a program in a sandbox`, {
      hint: "choose a name of letters, digits and underscores that no shell keeps for itself",
      data: { name },
    });
  }
  return new Map([...names.map((name) => [name, env[name]] as const), MARK]);
}

/**
 * The same values under names that mean nothing to anybody, for what starts outside of the sandbox: there, a variable
 * such as `LD_PRELOAD` would have something loaded into bubblewrap itself.
 */
export function carried(variables: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...variables.values()].map((value, at) => [carrier(at), value]));
}

function carrier(at: number): string {
  return `_loom_${at}`;
}
