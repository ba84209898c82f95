/**
 * Git as it is started for tools: whatever a repository's settings say, it starts no other program and asks nobody.
 *
 * @module
 */

/** Settings that hold over those of the repository. */
const SETTINGS: readonly string[] = [
  // Programs that git would start.
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.pager=cat",
  "core.editor=true",
  "sequence.editor=true",
  "core.sshCommand=false",
  "core.gitProxy=false",
  "core.askPass=true",
  "credential.helper=",
  "credential.interactive=false",
  "gpg.program=false",
  "gpg.ssh.program=false",
  "gpg.x509.program=false",
  "uploadpack.packObjectsHook=",
  // Repositories that are made to look like one, and addresses that are programs or folders.
  "safe.bareRepository=explicit",
  "protocol.allow=never",
  "protocol.https.allow=always",
  "protocol.http.allow=always",
  // Work that goes on when the command has ended.
  "gc.auto=0",
  "maintenance.auto=false",
  // Nothing is fetched or changed beside what was asked for.
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
  "commit.gpgSign=false",
  "tag.gpgSign=false",
  "push.gpgSign=false",
  "log.showSignature=false",
  "color.ui=false",
  "advice.detachedHead=false",
];

/** Who commits are by where the repository does not say it. */
export const NOBODY: readonly string[] = ["user.name=loom", "user.email=loom@localhost"];

const COMMITS: ReadonlySet<string> = new Set(["commit", "merge", "rebase", "stash", "tag", "pull"]);

/** Whether a command may need to say who it is. */
export function writesCommits([command]: readonly string[]): boolean {
  return COMMITS.has(command);
}

/** The words git is started with. */
export function gitArgv(args: readonly string[], settings: readonly string[] = []): readonly string[] {
  const options = [...SETTINGS, ...settings].flatMap((setting) => ["-c", setting]);
  return ["git", "--no-pager", "--no-optional-locks", ...options, ...guarded(args)];
}

/** Commands that would show differences by programs that the repository names. */
const SHOWS_DIFFERENCES: ReadonlySet<string> = new Set(["diff", "log", "show"]);

/**
 * `checkout NAME` would throw changes away if there is no branch but a file of that name: so it is told that no files
 * follow. Differences are shown by git itself.
 */
function guarded(args: readonly string[]): readonly string[] {
  const [command, ...rest] = args;
  if (command === "checkout" && !rest.includes("--")) return [...args, "--"];
  return SHOWS_DIFFERENCES.has(command) ? [command, "--no-ext-diff", "--no-textconv", ...rest] : args;
}
