/**
 * Paths as text: joined and tidied without touching a disk.
 *
 * Tidying is pathlib's, so that arguments read as they always did: `..` stays, while `./`, `//` and a trailing `/` go.
 *
 * @module
 */

/** How a path is written. POSIX knows only `/`; Windows also `\`, drives and shares. */
export type PathStyle = "posix" | "windows";

const DRIVE = /^[A-Za-z]:/;

/** The style of an absolute path: `C:\…` and `\\server\…` are Windows, everything else is POSIX. */
export function pathStyle(absolute: string): PathStyle {
  if (absolute.startsWith("/")) return "posix";
  return /^[A-Za-z]:[\\/]/.test(absolute) || absolute.startsWith("\\\\") ? "windows" : "posix";
}

/** Whether `path` starts at a root. On Windows `C:x` and `\x` do not. */
export function isAbsolute(path: string, style: PathStyle = "posix"): boolean {
  if (style === "posix") return path.startsWith("/");
  return /^[A-Za-z]:[\\/]/.test(path) || /^[\\/]{2}[^\\/]/.test(path);
}

/** The path without `./`, `//` and a trailing separator; `..` stays, because it may stand behind a link. Empty: `.`. */
export function normalizePath(path: string, style: PathStyle = "posix"): string {
  if (style === "posix" && isTidy(path)) return path;
  const root = rootOf(path, style);
  const separator = style === "posix" ? "/" : "\\";
  const parts = path.slice(root.length).split(style === "posix" ? "/" : /[\\/]/).filter((p) => p !== "" && p !== ".");
  const tidy = tidyRoot(root, style) + parts.join(separator);
  return tidy === "" ? "." : tidy;
}

// Most paths need no work, and ten thousand steps have many of them.
function isTidy(path: string): boolean {
  return path !== "" && !path.includes("//") && !path.includes("./") && !path.startsWith(".") && !path.endsWith("/") &&
    !path.endsWith("/.");
}

function rootOf(path: string, style: PathStyle): string {
  if (style === "posix") return /^\/*/.exec(path)![0];
  return /^(?:[\\/]{2}[^\\/]+[\\/]+[^\\/]+[\\/]*|[A-Za-z]:[\\/]*|[\\/]+)/.exec(path)?.[0] ?? "";
}

// Exactly two leading slashes mean something of their own in POSIX, and pathlib keeps them.
function tidyRoot(root: string, style: PathStyle): string {
  if (style === "posix") return root === "//" ? "//" : root === "" ? "" : "/";
  if (root === "") return "";
  const [server, share] = root.split(/[\\/]+/).filter((part) => part !== "");
  if (/^[\\/]{2}/.test(root) && share !== undefined) return `\\\\${server}\\${share}\\`;
  if (DRIVE.test(root)) return root.length > 2 ? `${root.slice(0, 2)}\\` : root;
  return "\\";
}

/** `path` from the folder `base`, tidied; an absolute `path` stands for itself. */
export function joinPath(base: string, path: string, style: PathStyle = pathStyle(base)): string {
  if (isAbsolute(path, style)) return normalizePath(path, style);
  const separator = style === "posix" ? "/" : "\\";
  // A root ends in a separator already, and two of them would be another root.
  return normalizePath(base.endsWith(separator) ? `${base}${path}` : `${base}${separator}${path}`, style);
}

/** The folder a path lies in; of a root the root itself, of a bare name `.`. */
export function dirname(path: string, style: PathStyle = pathStyle(path)): string {
  const tidy = normalizePath(path, style);
  const root = rootOf(tidy, style);
  const cut = tidy.lastIndexOf(style === "posix" ? "/" : "\\");
  if (cut < root.length) return root === "" ? "." : root;
  return tidy.slice(0, cut);
}

/** The last part of a path; of a root the empty text. */
export function basename(path: string, style: PathStyle = pathStyle(path)): string {
  const tidy = normalizePath(path, style);
  const rest = tidy.slice(rootOf(tidy, style).length);
  return rest.slice(rest.lastIndexOf(style === "posix" ? "/" : "\\") + 1);
}

/** The last dot and what follows it, as `.py`; empty for names without one and for `.profile`. */
export function extension(path: string, style: PathStyle = pathStyle(path)): string {
  const name = basename(path, style);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot) : "";
}

/** `path` with each `..` taken back, as if there were no links. For comparing only, never for opening. */
export function collapsePath(path: string, style: PathStyle = pathStyle(path)): string {
  const tidy = normalizePath(path, style);
  if (!tidy.includes("..")) return tidy;
  const root = rootOf(tidy, style);
  const separator = style === "posix" ? "/" : "\\";
  const kept: string[] = [];
  for (const part of tidy.slice(root.length).split(separator)) {
    if (part !== "..") kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (root === "") kept.push(part);
  }
  const collapsed = root + kept.join(separator);
  return collapsed === "" ? "." : collapsed;
}

/** Whether `path` is `folder` or lies below it, both absolute; judged by the text, `..` taken back. */
export function isInside(path: string, folder: string): boolean {
  // Nearly all questions are settled by the first letters.
  if (folder.startsWith("/") && path.startsWith(`${folder}/`) && !path.includes("..") && !folder.includes("..")) {
    return true;
  }
  const [inner, outer] = [comparable(path), comparable(folder)];
  return inner === outer || inner.startsWith(outer.endsWith("/") ? outer : `${outer}/`);
}

/** `path` as seen from `folder`, both absolute: `../x` where it lies outside; the path itself on another drive. */
export function relativePath(path: string, folder: string): string {
  const style = pathStyle(folder);
  const [target, from] = [collapsePath(path, style), collapsePath(folder, style)];
  const separator = style === "posix" ? "/" : "\\";
  if (rootOf(target, style).toLowerCase() !== rootOf(from, style).toLowerCase()) return target;
  const [to, start] = [target, from].map((p) => p.slice(rootOf(p, style).length).split(separator).filter(Boolean));
  let shared = 0;
  while (shared < to.length && shared < start.length && to[shared] === start[shared]) shared++;
  const steps = [...start.slice(shared).map(() => ".."), ...to.slice(shared)];
  return steps.length === 0 ? "." : steps.join(separator);
}

// Windows does not tell upper from lower case.
function comparable(path: string): string {
  const style = pathStyle(path);
  const collapsed = collapsePath(path, style);
  return style === "posix" ? collapsed : collapsed.toLowerCase().replaceAll("\\", "/");
}

/** Whether `text` is an address that is downloaded rather than a path. */
export function isUrl(text: string): boolean {
  return text.startsWith("http://") || text.startsWith("https://");
}
