import type { Context } from "../../core/context.ts";
import { refusal } from "./refusal.ts";

/**
 * Opens an absolute path or an address in the program that this machine has for it. No shell is involved.
 *
 * @throws {LoomError} Status 400 for an address that is none of the web; 404 if the machine has no such program.
 */
export function openElsewhere(target: string, { platform, env, cwd }: Pick<Context, "platform" | "env" | "cwd">): void {
  if (!target.startsWith("/") && !/^[A-Za-z]:[\\/]/.test(target) && !/^https?:\/\//i.test(target)) {
    throw refusal(400, "unknown-address", `Cannot open ${target}: it is no address of the web`);
  }
  const program = { darwin: "open", windows: "explorer", linux: "xdg-open" }[platform];
  const silent = { stdin: "null", stdout: "null", stderr: "null" } as const;
  try {
    // It lives on when loom ends: what a person has opened is theirs.
    new Deno.Command(program, { args: [target], cwd, env, clearEnv: true, detached: true, ...silent }).spawn().unref();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw refusal(404, "no-opener", `This machine has no ${program} to open files with`, "open it by hand");
  }
}
