import { LoomError } from "../../../core/errors.ts";

/** The path leads out of the workspace. */
export function outsideWorkspace(path: string, root: string): LoomError {
  return new LoomError("outside-workspace", `Safety violation: ${quoted(path)} escapes the workspace`, {
    hint: `only files below ${root} can be reached`,
    data: { path, root },
  });
}

/** The path is loom's or git's own, or decides what loom may do. */
export function protectedPath(path: string, name: string): LoomError {
  return new LoomError("protected-path", `Safety violation: ${quoted(path)} is protected, tools never change ${name}`, {
    hint: "change it by hand if it must be",
    data: { path, name },
  });
}

/** Not a file or folder that can be worked with: a pipe, a device, a link, a file with several names. */
export function specialFile(path: string, what: string): LoomError {
  return new LoomError("special-file", `Cannot use ${quoted(path)}: it is ${what}`, {
    hint: "name a regular file",
    data: { path, what },
  });
}

/** What is there is not what was seen, or not what the caller expects. */
export function changedMeanwhile(path: string): LoomError {
  return new LoomError("changed-meanwhile", `Cannot go on with ${quoted(path)}: it was changed meanwhile`, {
    hint: "look at it again",
    data: { path },
    retryable: true,
  });
}

/** Nothing is there. */
export function fileNotFound(path: string, near?: string): LoomError {
  return new LoomError("file-not-found", `Cannot find ${quoted(path)}`, {
    hint: near === undefined ? "check the path" : `did you mean '${near}'?`,
    data: { path },
  });
}

/** Something is there already. */
export function fileExists(path: string): LoomError {
  return new LoomError("file-exists", `Cannot move to ${quoted(path)}: something is there already`, {
    hint: "choose another name, or delete that first",
    data: { path },
  });
}

/** More than is taken at once. */
export function tooLarge(path: string, sizeBytes: number, maxBytes: number): LoomError {
  return new LoomError("too-large", `Cannot use ${quoted(path)}: ${sizeBytes} bytes, at most ${maxBytes} are taken`, {
    data: { path, sizeBytes, maxBytes },
  });
}

/** No path at all. */
export function invalidPath(path: string, why: string): LoomError {
  return new LoomError("invalid-path", `Cannot use ${quoted(path)} as a path: ${why}`, { data: { path } });
}

/** What else the system refuses. */
export function refusedBySystem(action: string, path: string, reason: string): LoomError {
  const code = CODES[reason] ?? "disk-failed";
  return new LoomError(code, `Cannot ${action} ${quoted(path)}: ${WORDS[reason] ?? reason}`, {
    hint: HINTS[reason],
    data: { path, action, reason },
  });
}

const CODES: Readonly<Record<string, string>> = {
  EACCES: "not-permitted",
  EPERM: "not-permitted",
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EROFS: "read-only-disk",
  ENOTEMPTY: "folder-not-empty",
  EEXIST: "file-exists",
  ENOENT: "file-not-found",
  ENOTDIR: "not-directory",
  EISDIR: "is-directory",
  ENAMETOOLONG: "name-too-long",
  EXDEV: "other-disk",
};

const WORDS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOSPC: "no space left on the disk",
  EDQUOT: "the disk quota is used up",
  EROFS: "the disk is read-only",
  ENOTEMPTY: "the folder is not empty",
  EEXIST: "something is there already",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a file stands where a folder is needed",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "the name is too long",
  EXDEV: "it is on another disk",
};

const HINTS: Readonly<Record<string, string>> = {
  EACCES: "check who owns it and its permissions",
  EPERM: "check who owns it and its permissions",
  ENOSPC: "free some space there",
  EDQUOT: "free some space there",
  ENOTEMPTY: "delete what is in it first",
};

/** Control characters would change what a person sees. */
function quoted(path: string): string {
  return `'${path.replace(/\p{Cc}/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`)}'`;
}
