import type { Context } from "../../context.ts";
import { isLoomError } from "../../errors.ts";
import { dirname } from "../../paths.ts";
import type { RunDetails } from "../../ports/store.ts";

/** What git says of a folder. */
export type GitState = NonNullable<RunDetails["git"]>;

/** A repository so large, or a disk so slow, that git takes longer is not waited for. */
const DEADLINE_MS = 2_000;

/**
 * The commit that is checked out where a pipeline lies, and whether tracked files differ from it. `undefined` outside a
 * repository, before its first commit, and where git is not there or has nothing to say.
 */
export function gitState(folder: string, context: Context): Promise<GitState | undefined> | undefined {
  return isInRepository(folder, context) ? askAndRead(folder, context) : undefined;
}

async function askAndRead(folder: string, context: Context): Promise<GitState | undefined> {
  const text = await ask(folder, context);
  const commit = /^# branch\.oid ([0-9a-f]{40,64})$/m.exec(text ?? "")?.[1];
  return commit === undefined ? undefined : { commit, dirty: /^[^#\n]/m.test(text!) };
}

function isInRepository(folder: string, { files }: Context): boolean {
  for (let at = folder;; at = dirname(at)) {
    if (files.stat(at === "/" ? "/.git" : `${at}/.git`) !== undefined) return true;
    if (dirname(at) === at) return false;
  }
}

/** One program for both answers; it takes no lock, and starts none of those that a repository may name. */
async function ask(folder: string, { subprocesses, env, clock }: Context): Promise<string | undefined> {
  const status = ["status", "--porcelain=v2", "--branch", "--untracked-files=no"];
  const argv = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", folder, ...status];
  let text = "";
  const onOutput = (stream: string, piece: string) => void (stream === "stdout" && (text += piece));
  try {
    const child = subprocesses.start({ argv, cwd: folder, env, onOutput });
    const over = new AbortController();
    const late = clock.sleep(DEADLINE_MS, over.signal).then(() => child.stop(0), () => {
      // It ended first, and the wait was called off.
    });
    const { exitCode } = await child.exit;
    over.abort();
    await late;
    return exitCode === 0 ? text : undefined;
  } catch (error) {
    // No git here: then nothing is known of the commit, and the run goes on.
    if (isLoomError(error)) return undefined;
    throw error;
  }
}
