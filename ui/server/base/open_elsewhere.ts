import type { Context } from "../../../core/context.ts";
import { refusal } from "./refusal.ts";

/**
 * Opens an absolute path or an address in the program that this machine has for it. No shell is involved.
 *
 * @throws {LoomError} Status 400 for an address that is none of the web; 404 if the machine has no such program.
 */
export function openElsewhere(target: string, context: Pick<Context, "platform" | "env" | "cwd" | "files">): void {
  if (!target.startsWith("/") && !/^[A-Za-z]:[\\/]/.test(target) && !/^https?:\/\//i.test(target)) {
    throw refusal(400, "unknown-address", `Cannot open ${target}: it is no address of the web`);
  }
  const { cwd, env } = context;
  const silent = { stdin: "null", stdout: "null", stderr: "null" } as const;
  // It lives on when loom ends: what a person has opened is theirs.
  new Deno.Command(openerOf(context), { args: [target], cwd, env, clearEnv: true, detached: true, ...silent }).spawn()
    .unref();
}

function openerOf({ platform, env, files }: Pick<Context, "platform" | "env" | "files">): string {
  if (platform === "windows") return `${env.SystemRoot ?? "C:\\Windows"}\\explorer.exe`;
  const name = platform === "darwin" ? "open" : "xdg-open";
  const paths = (env.PATH ?? "").split(":").filter((folder) => folder.startsWith("/")).map((at) => `${at}/${name}`);
  const program = paths.find((path) => {
    const info = files.stat(path);
    return info?.kind === "file" && info.executable;
  });
  if (program !== undefined) return program;
  throw refusal(404, "no-opener", `This machine has no ${name} to open files with`, "open it by hand");
}
