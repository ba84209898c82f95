/**
 * Edits of a file on the disk: read, changed, shown, and written if nobody else has written it meanwhile.
 *
 * @module
 */

import type { Context } from "../../../../core/context.ts";
import { changeJson, type Edit, type Edited, editPipeline } from "../../../../core/edit/mod.ts";
import { configNoFile, configNotFound, LoomError } from "../../../../core/errors.ts";
import { joinPath } from "../../../../core/graph/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { Terminal } from "../../base/terminal.ts";
import { palette } from "../../view/colors.ts";
import { changedLines, unifiedLines } from "../../view/line_diff.ts";
import { displayPath } from "../../view/problems.ts";
import type { EditFlags } from "../../words/experiment_flags.ts";

/** What is to be done to which file. */
export interface FileEdit {
  /** As typed. */
  readonly file: string;
  readonly edits: readonly Edit[];
  readonly flags: EditFlags;
  /** Told about what was changed, on standard error. */
  readonly note?: (edited: Edited) => string | undefined;
}

/**
 * Edits the file and tells what is different.
 *
 * @throws {LoomError} What `editPipeline()` throws; `config-not-found`; `not-utf8`; `changed-meanwhile`.
 */
export async function editFile({ file, edits, flags, note }: FileEdit, host: Host): Promise<number> {
  const context = await host.context();
  const path = joinPath(context.cwd, file);
  const text = await readExactly(path, context);
  const edited = await editPipeline(text, edits, { file: path });
  if (!flags.dryRun && edited.text !== text) write(path, { text, next: edited.text }, context);
  const name = displayPath(path, context.cwd);
  if (flags.json) host.terminal.write(`${documentOf(name, text, edited)}\n`);
  else host.terminal.write(shown(name, { text, edited, flags }, host.terminal));
  const noted = note?.(edited);
  if (noted !== undefined) host.terminal.writeError(`note: ${noted}\n`);
  return EXIT.done;
}

/** The text, if all of it is text: bytes that are none could not be written back. */
async function readExactly(path: string, { files }: Context): Promise<string> {
  const kind = files.stat(path)?.kind ?? "file";
  if (kind !== "file") throw configNoFile(path, kind);
  const text = files.readText(path);
  if (text === undefined) throw configNotFound(path);
  if (!text.includes("\ufffd") || await files.digest(path) === files.digestText(text)) return text;
  throw new LoomError("not-utf8", `Cannot edit ${path}: it holds bytes that are not UTF-8`, {
    hint: "save it as UTF-8 first",
    data: { file: path },
  });
}

/** Writes beside the file, looks whether the file is still what was read, and puts the new one in its place. */
function write(
  path: string,
  { text, next }: { readonly text: string; readonly next: string },
  { files, random, platform }: Context,
): void {
  // Through a link, so that what a person linked to is changed and the link survives.
  const target = files.realPath(path) ?? path;
  const folder = target.replace(platform === "windows" ? /[^/\\]*$/ : /[^/]*$/, "");
  const temporary = `${folder}.${random.hex(8)}.loom-tmp`;
  try {
    // A copy first: it has the rights that the file has.
    files.copy(target, temporary);
    files.writeAtomic(temporary, next);
    refuseChanged(path, text, { now: files.readText(target), digest: (it) => files.digestText(it) });
    files.move(temporary, target);
  } catch (error) {
    files.remove(temporary);
    throw error;
  }
}

function refuseChanged(
  path: string,
  read: string,
  { now, digest }: { readonly now: string | undefined; readonly digest: (text: string) => string },
): void {
  if (now === read) return;
  const lines = now === undefined ? ["it is gone"] : unifiedLines("read", read, now).slice(2);
  const message = `Cannot write ${path}: it changed since it was read, and was left as it is now\n${lines.join("\n")}`;
  throw new LoomError("changed-meanwhile", message, {
    hint: "look at what changed, and say it again",
    retryable: true,
    data: { file: path, read: digest(read), found: now === undefined ? null : digest(now) },
  });
}

function documentOf(file: string, text: string, edited: Edited): string {
  return JSON.stringify({ file, changed: edited.text !== text, changes: edited.changes.map(changeJson) });
}

function shown(
  name: string,
  { text, edited, flags }: { readonly text: string; readonly edited: Edited; readonly flags: EditFlags },
  { color }: Pick<Terminal, "color">,
): string {
  if (edited.text === text) return `Nothing to change in ${name}\n`;
  const lines = flags.dryRun ? unifiedLines(name, text, edited.text) : changedLines(text, edited.text)
    .flatMap(({ line, lines }) => [`@@ ${name}:${line}`, ...lines]);
  return lines.map((line) => `${painted(line, color)}\n`).join("");
}

function painted(line: string, color: boolean): string {
  const paint = palette(color);
  if (line.startsWith("+++ ") || line.startsWith("--- ")) return paint.strong(line);
  if (line.startsWith("@@")) return paint.busy(line);
  if (line.startsWith("+")) return paint.good(line);
  return line.startsWith("-") ? paint.bad(line) : line;
}
