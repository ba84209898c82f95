import type { Policy } from "../../../core/ports/policy.ts";
import type { SandboxMachine } from "../../../core/ports/sandbox.ts";
import { osCode } from "../files/errors.ts";

/**
 * What programs need to start, where it is there. Of `/etc` only what anybody may know: a program that root started is
 * the owner of what only root may read.
 */
const SYSTEM: Readonly<Record<"linux" | "darwin", readonly string[]>> = {
  linux: [
    ...["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/run/current-system"],
    ...["/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime"],
    ...["/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/ca-certificates", "/etc/pki/tls/certs", "/etc/pki/ca-trust"],
    ...["/etc/nsswitch.conf", "/etc/passwd", "/etc/group", "/etc/protocols", "/etc/services", "/etc/mime.types"],
    ...["/etc/hosts", "/etc/host.conf", "/etc/fonts", "/etc/os-release", "/etc/timezone"],
  ],
  darwin: [
    ...["/usr", "/bin", "/sbin", "/System", "/Library/Frameworks", "/Library/Developer/CommandLineTools"],
    ...["/opt/homebrew", "/private/etc/ssl", "/private/etc/localtime", "/private/var/db/timezone"],
    ...["/private/var/db/dyld", "/private/var/select", "/private/etc/hosts"],
  ],
};

/** In a project, what says how loom and git behave there: whoever writes it can have anything started later. */
const KEPT: readonly { readonly name: string; readonly kind: "file" | "directory" }[] = [
  { name: ".git", kind: "directory" },
  { name: ".loom", kind: "directory" },
  { name: "loom.toml", kind: "file" },
  { name: "loom.yaml", kind: "file" },
];

/** The folders and files of the system that are here, links at the top apart from the rest. */
export function systemOf(os: "linux" | "darwin"): Pick<SandboxMachine, "system" | "links"> {
  const system: string[] = [];
  const links: Record<string, string> = {};
  for (const path of SYSTEM[os]) {
    const info = lookAt(path);
    if (info === undefined) continue;
    if (info.isSymlink && path.lastIndexOf("/") === 0) links[path] = Deno.readLinkSync(path);
    else system.push(path);
  }
  return { system, links };
}

/**
 * What is not to be written below writable folders: in each that holds any of it, the others must not come to be
 * either. What the policy names itself may be written.
 */
export function keptOf({ write }: Policy): Pick<SandboxMachine, "kept" | "absent"> {
  const kept: string[] = [];
  const absent: SandboxMachine["absent"][number][] = [];
  for (const folder of write) {
    const all = KEPT.map(({ name, kind }) => ({ path: `${folder}/${name}`, kind })).filter(({ path }) =>
      !write.includes(path)
    );
    const there = all.filter(({ path }) => lookAt(path) !== undefined);
    kept.push(...there.map(({ path }) => path));
    if (there.length > 0) absent.push(...all.filter((entry) => !there.includes(entry)));
  }
  return { kept, absent };
}

/** What an entry is itself, links not followed; `undefined` if there is none. */
export function lookAt(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (osCode(error) === "ENOENT" || osCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}
