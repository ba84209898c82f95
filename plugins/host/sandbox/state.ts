import { LoomError } from "../../../core/errors.ts";
import type { SandboxMachine, SandboxRendering, SandboxState } from "../../../core/ports/sandbox.ts";
import { makeCgroup, needsCgroup } from "./cgroup.ts";
import { hostFileReader } from "../files/reader.ts";
import { INSTALLERS, installFix, type SandboxFacts, SETTINGS, workFix } from "./fixes.ts";
import { systemOf } from "./machine.ts";

/** A sandbox of this machine, as far as it does not depend on what is started in it. */
export type SandboxMeans =
  | Extract<SandboxState, { available: false }>
  | Extract<SandboxState, { available: true }> & Pick<SandboxMachine, "system" | "links" | "sizes"> & {
    readonly program: string;
  };

/** Where systems put it; searched before `PATH`, on which a project may have put something of its own. */
const FOLDERS: readonly string[] = ["/usr/bin", "/bin", "/usr/local/bin", "/run/current-system/sw/bin"];

/** Looks whether programs can be held in here, by holding one in. */
export async function lookForSandbox(rendering: SandboxRendering, searchPath: string): Promise<SandboxMeans> {
  if (Deno.build.os === "darwin") return seatbelt();
  if (Deno.build.os !== "linux") {
    return {
      available: false,
      reason: `there is no sandbox for ${Deno.build.os}`,
      fix: "run loom on Linux or macOS; on Windows, inside WSL 2",
    };
  }
  const program = findOnPath("bwrap", [...FOLDERS, ...searchPath.split(":")]);
  if (program === undefined) {
    return { available: false, reason: "bubblewrap is not installed", fix: installFix(factsOf("")) };
  }
  const [version, failure] = await Promise.all([versionOf(program), tryOut(program, rendering)]);
  if (failure !== undefined) {
    return { available: false, reason: `bubblewrap does not work: ${failure}`, fix: workFix(factsOf(failure)) };
  }
  if (needsCgroup() && !canLimitProcesses()) return uncountable;
  return { available: true, kind: "bubblewrap", version, program, sizes: hasSizes(version), ...systemOf("linux") };
}

/** One that root starts may have any number of processes, and a few thousand stop a machine. */
const uncountable: SandboxMeans = {
  available: false,
  reason: "it would run as root, whose processes cannot be limited here",
  fix: "run loom as another user, or make /sys/fs/cgroup writable (docker run --privileged)",
};

function canLimitProcesses(): boolean {
  const group = makeCgroup(1);
  group?.release();
  return group !== undefined;
}

/** The way out of {@linkcode lookForSandbox} having found none. */
export function sandboxUnavailable({ reason, fix }: Extract<SandboxState, { available: false }>): LoomError {
  return new LoomError("sandbox-unavailable", `Cannot start a program in a sandbox: ${reason}`, {
    hint: fix,
    data: { reason, fix },
  });
}

function seatbelt(): SandboxMeans {
  const program = "/usr/bin/sandbox-exec";
  if (hostFileReader.stat(program) === undefined) {
    return { available: false, reason: `${program} is not there`, fix: "restore it: it is part of macOS" };
  }
  return { available: true, kind: "seatbelt", version: Deno.osRelease(), program, sizes: false, ...systemOf("darwin") };
}

function findOnPath(name: string, folders: readonly string[]): string | undefined {
  const paths = folders.filter((folder) => folder.startsWith("/")).map((folder) => `${folder}/${name}`);
  return paths.find((path) => {
    const info = hostFileReader.stat(path);
    return info?.kind === "file" && info.executable;
  });
}

async function versionOf(program: string): Promise<string> {
  const { stdout } = await output(program, ["--version"]);
  return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? "unknown";
}

/** What went wrong with a program that does nothing, in its own words. */
async function tryOut(program: string, rendering: SandboxRendering): Promise<string | undefined> {
  const nothing = { read: [], write: [], hosts: [], programs: [], variables: [] };
  const policy = { actor: "loom", action: "look for a sandbox", tier: "read-only", ...nothing } as const;
  const machine = { ...systemOf("linux"), kept: [], absent: [], sizes: false, tmpBytes: 4096, cwd: "/" };
  const args = [...rendering.bubblewrap(policy, machine), "--", "/bin/sh", "-c", ":"];
  const { code, stderr } = await output(program, args);
  return code === 0 ? undefined : stderr.trim() || `it ended with exit code ${code}`;
}

async function output(program: string, args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args,
    env: {},
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

const decoder = new TextDecoder();

function hasSizes(version: string): boolean {
  const [major, minor] = version.split(".").map(Number);
  return major > 0 || minor >= 7;
}

function factsOf(said: string): SandboxFacts {
  const settings = Object.keys(SETTINGS).map((name) => {
    const text = hostFileReader.readText(`/proc/sys/${name.replaceAll(".", "/")}`);
    return [name, text?.trim()] as const;
  });
  const marks = ["/.dockerenv", "/run/.containerenv"];
  return {
    said,
    settings: Object.fromEntries(settings),
    inContainer: marks.some((path) => hostFileReader.stat(path) !== undefined),
    installer: INSTALLERS.find((name) => findOnPath(name, ["/usr/bin", "/bin", "/usr/sbin", "/sbin"]) !== undefined),
  };
}
