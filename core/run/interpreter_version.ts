import type { Context } from "../context.ts";
import { LoomError } from "../errors.ts";
import type { Digests } from "../ports/store.ts";

/**
 * What an interpreter calls itself, such as `3.11.7`. Asked once for each state of its file; a script in its place (a
 * version manager's) may choose another one at any time and is asked every time.
 *
 * @throws {LoomError} `python-broken` if it cannot be run.
 */
export async function interpreterVersion(path: string, context: Context, digests?: Digests): Promise<string> {
  const { files, clock } = context;
  const real = files.realPath(path) ?? path;
  const info = files.stat(real);
  const key = `version of ${path}`;
  const known = digests?.get(key);
  if (
    info !== undefined && known?.mtimeMs === info.mtimeMs && known.sizeBytes === info.sizeBytes &&
    known.inode === info.inode
  ) {
    return known.digest;
  }
  const version = await ask(path, context);
  // A binary is never this small.
  const isScript = (info?.sizeBytes ?? 0) < 4096;
  if (info !== undefined && !isScript) {
    const { sizeBytes, mtimeMs, ctimeMs, inode } = info;
    digests?.put({ path: key, sizeBytes, mtimeMs, ctimeMs, inode, digest: version, at: clock.now() });
  }
  return version;
}

async function ask(path: string, context: Context): Promise<string> {
  let text = "";
  const child = context.subprocesses.start({
    argv: [path, "-V"],
    cwd: context.cwd,
    env: context.env,
    onOutput: (_, piece) => text += piece,
  });
  const { exitCode } = await child.exit;
  if (exitCode === 0) return text.trim().replace(/^Python /, "");
  throw new LoomError("python-broken", `Cannot run ${path}: ${text.trim() || "it ended without a word"}`, {
    hint: "name another Python with --python",
  });
}
