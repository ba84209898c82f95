/**
 * Plugins in git repositories: one commit is fetched and packed by git; no file of it is checked out, no hook, filter or
 * submodule of it is run.
 *
 * @module
 */

import { join } from "node:path";
import type { Subprocess, Subprocesses } from "../../../../core/ports/subprocess.ts";
import { GIT_TIMEOUT_MS, MAX_SOURCE_BYTES, sourceError, tooLarge } from "./limits.ts";
import type { FetchedPackage } from "./npm.ts";
import type { Source } from "./source.ts";
import { memoryTree } from "./tree.ts";
import { unpack } from "./unpack.ts";

/** What git is started with. */
export interface GitOutside {
  readonly subprocesses: Subprocesses;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

type GitSource = Extract<Source, { kind: "git" }>;

/** History is not fetched, but what git keeps beside the files is. */
const MAX_REPOSITORY_BYTES = 5 * MAX_SOURCE_BYTES;

/** How often is looked how large it has become. */
const LOOK_MS = 200;

/** The variables that git and its transports need to reach a server, and nothing else. */
const PASSED =
  /^(PATH|HTTPS?_PROXY|https?_proxy|NO_PROXY|no_proxy|ALL_PROXY|all_proxy|SSL_CERT_(FILE|DIR)|SSH_AUTH_SOCK)$/;

/**
 * The files of one commit.
 *
 * @throws {LoomError} `plugin-source`, `plugin-too-large`, `program-not-found` without git.
 */
export async function fetchRepository(source: GitSource, outside: GitOutside): Promise<FetchedPackage> {
  const folder = await Deno.makeTempDir({ prefix: "loom-git-" });
  try {
    return await fetchInto(folder, source, outside);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function fetchInto(folder: string, source: GitSource, outside: GitOutside): Promise<FetchedPackage> {
  const git = (...words: string[]) => runGit(source, folder, words, outside);
  await git("init", "--quiet", "--bare", "--template=", ".");
  await git("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", source.url, source.ref);
  const commit = (await git("rev-parse", "--verify", "FETCH_HEAD^{commit}")).trim();
  await git("archive", "--format=tar", "--prefix=package/", "--output=source.tar", commit);
  const archive = join(folder, "source.tar");
  if (Deno.statSync(archive).size > 2 * MAX_SOURCE_BYTES) throw tooLarge(source.asked, MAX_SOURCE_BYTES);
  const files = await unpack(await Deno.readFile(archive), { label: source.asked, gzip: false, links: "skip" });
  const resolved = `${source.url}#${commit}`;
  return { tree: memoryTree(resolved, files), resolved };
}

async function runGit(
  source: GitSource,
  folder: string,
  words: readonly string[],
  { subprocesses, env, signal }: GitOutside,
): Promise<string> {
  signal?.throwIfAborted();
  const said = { stdout: "", stderr: "" };
  const child = subprocesses.start({
    argv: ["git", ...SETTINGS.flatMap((it) => ["-c", it]), ...words],
    cwd: folder,
    env: gitEnvironment(source, folder, env),
    onOutput: (stream, text) => said[stream] = (said[stream] + text).slice(0, 4_000),
  });
  const stopped = await watched(child, { folder, source, signal });
  const { exitCode } = await child.exit;
  signal?.throwIfAborted();
  if (stopped !== undefined) throw stopped;
  if (exitCode !== 0) throw sourceError(source.asked, reasonOf(said.stderr), "check the address and the name after #");
  return said.stdout;
}

/** Nothing of a repository can make git start a program, and only ways that a person may have named are taken. */
const SETTINGS = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.askPass=",
  "credential.helper=",
  "protocol.allow=never",
  "protocol.https.allow=always",
  "protocol.ssh.allow=always",
  "http.followRedirects=initial",
  "submodule.recurse=false",
  "fetch.fsckObjects=true",
  "gc.auto=0",
  "maintenance.auto=false",
];

function gitEnvironment(source: GitSource, folder: string, env: Readonly<Record<string, string>>) {
  const passed = Object.entries(env).filter(([name]) => PASSED.test(name));
  const isHere = source.url.startsWith("http://");
  return {
    ...Object.fromEntries(passed),
    // The keys of ssh lie in the person's home; without ssh git has nothing to look for there.
    HOME: isSsh(source.url) ? env.HOME ?? folder : folder,
    GIT_ALLOW_PROTOCOL: isHere ? "http" : "https:ssh",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_SSH_COMMAND: "ssh -oBatchMode=yes -oPermitLocalCommand=no",
    LC_ALL: "C",
  };
}

function isSsh(url: string): boolean {
  return !/^https?:/.test(url);
}

interface Watch {
  readonly folder: string;
  readonly source: GitSource;
  readonly signal?: AbortSignal;
}

/** Ends git when it takes too long or too much; why, or `undefined` if it ended by itself. */
async function watched(child: Subprocess, { folder, source, signal }: Watch): Promise<unknown> {
  let ended = false;
  const exit = child.exit.then(() => ended = true);
  for (let waitedMs = 0; !ended; waitedMs += LOOK_MS) {
    await Promise.race([exit, pause(LOOK_MS)]);
    const reason = ended ? undefined : reasonToStop({ folder, source, signal }, waitedMs);
    if (reason === undefined) continue;
    await child.stop(1_000);
    return reason;
  }
  return undefined;
}

function reasonToStop({ folder, source, signal }: Watch, waitedMs: number): unknown {
  if (signal?.aborted) return signal.reason;
  if (waitedMs > GIT_TIMEOUT_MS) return sourceError(source.asked, `git did not end in ${GIT_TIMEOUT_MS / 1000} s`);
  return sizeOf(folder) > MAX_REPOSITORY_BYTES ? tooLarge(source.asked, MAX_SOURCE_BYTES) : undefined;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    Deno.unrefTimer(timer);
  });
}

/** Bytes of all files in a folder that is being written to. */
function sizeOf(folder: string): number {
  let size = 0;
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) size += sizeOf(path);
    else if (entry.isFile) size += sizeOfFile(path);
  }
  return size;
}

function entriesOf(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    // git renames and removes what it works on.
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function sizeOfFile(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    // As above.
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

/** The last thing that git said, without what it calls it. */
function reasonOf(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const fatal = lines.findLast((line) => /^(fatal|error):/.test(line)) ?? lines.at(-1) ?? "git failed";
  return fatal.replace(/^(fatal|error): */, "").replace(/[\p{Cc}]/gu, "?").slice(0, 300);
}
