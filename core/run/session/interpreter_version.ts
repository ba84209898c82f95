import type { Context } from "../../context.ts";
import { LoomError } from "../../errors.ts";
import type { FileInfo } from "../../ports/files.ts";
import type { DigestRecord, Digests } from "../../ports/store.ts";
import { shimState } from "./python_shim.ts";

/** A binary is never this small: it is a script in its place, which may start another Python at any time. */
const SCRIPT_BYTES = 4096;

/**
 * What an interpreter calls itself, such as `3.11.7`. Asked once for each state of its file; of pyenv's scripts, for each
 * state of all that they go by. Any other script in its place is asked every time.
 *
 * @throws {LoomError} `python-broken` if it cannot be run.
 */
export async function interpreterVersion(path: string, context: Context, digests?: Digests): Promise<string> {
  return await remembered(path, context, { digests, ask });
}

/** The same of any other program that tells with `--version`; empty if it does not. */
export async function programVersion(path: string, context: Context, digests?: Digests): Promise<string> {
  return await remembered(path, context, { digests, ask: askProgram });
}

async function remembered(
  path: string,
  context: Context,
  { digests, ask }: {
    readonly digests?: Digests;
    readonly ask: (path: string, context: Context) => Promise<string>;
  },
): Promise<string> {
  const { files, clock } = context;
  const info = files.stat(files.realPath(path) ?? path);
  const key = info === undefined ? undefined : keyOf(path, info, context);
  const known = key === undefined ? undefined : digests?.get(key);
  if (info !== undefined && known !== undefined && isSame(known, info)) return known.digest;
  const version = await ask(path, context);
  if (info !== undefined && key !== undefined) {
    const { sizeBytes, mtimeMs, ctimeMs, inode } = info;
    digests?.put({ path: key, sizeBytes, mtimeMs, ctimeMs, inode, digest: version, at: clock.now() });
  }
  return version;
}

/** What the version is remembered under; `undefined`: nothing tells when it changes. */
function keyOf(path: string, info: FileInfo, context: Context): string | undefined {
  if (info.sizeBytes >= SCRIPT_BYTES) return `version of ${path}`;
  const state = shimState(path, context);
  return state === undefined ? undefined : `version of ${path} ${context.files.digestText(state)}`;
}

function isSame(known: DigestRecord, info: FileInfo): boolean {
  return known.mtimeMs === info.mtimeMs && known.sizeBytes === info.sizeBytes && known.inode === info.inode;
}

async function askProgram(path: string, context: Context): Promise<string> {
  const { text, exitCode } = await heard([path, "--version"], context);
  // The first line that says something; Perl begins with an empty one.
  return exitCode === 0 ? text.split("\n").map((line) => line.trim()).find((line) => line !== "") ?? "" : "";
}

async function heard(argv: readonly string[], context: Context) {
  let text = "";
  const { cwd, env } = context;
  const child = context.subprocesses.start({ argv, cwd, env, onOutput: (_, piece) => text += piece });
  const { exitCode } = await child.exit;
  return { text, exitCode };
}

async function ask(path: string, context: Context): Promise<string> {
  const { text, exitCode } = await heard([path, "-V"], context);
  if (exitCode === 0) return text.trim().replace(/^Python /, "");
  throw new LoomError("python-broken", `Cannot run ${path}: ${text.trim() || "it ended without a word"}`, {
    hint: "name another Python with --python",
  });
}
