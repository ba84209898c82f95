import { LoomError } from "../../errors.ts";
import type { ResolvedTask } from "../../graph/command.ts";
import { basename, dirname, joinPath } from "../../paths.ts";
import type { Files } from "../../ports/files.ts";
import type { Subject } from "../fresh/freshness.ts";

/**
 * Where a step with `atomic: true` writes: a folder of its own beside each output, on the same disk, so that what
 * succeeded is moved into place in one motion and what failed was never there.
 */
export class Stage {
  readonly task: ResolvedTask;
  readonly #files: Files;
  readonly #staged: ReadonlyMap<string, string>;

  private constructor(task: ResolvedTask, staged: ReadonlyMap<string, string>, files: Files) {
    this.task = task;
    this.#staged = staged;
    this.#files = files;
  }

  /** The stage of a subject; a step that is not atomic writes to its outputs themselves. */
  static of(subject: Subject, { atomic, files }: { readonly atomic: boolean; readonly files: Files }): Stage {
    const { task } = subject.source;
    if (!atomic) return new Stage(task, new Map(), files);
    const id = files.digestText(`${subject.step.name}\0${subject.part}`).slice(0, 8);
    const inputs = new Set(task.inputs.map((input) => input.value));
    // A file that is updated in place cannot be staged: the script reads it where it is.
    const paths = subject.outputs.filter((path) => path !== task.into && !inputs.has(path) && !path.includes("{"));
    const staged = new Map(paths.map((path) => [path, joinPath(dirname(path), `.loom-stage-${id}/${basename(path)}`)]));
    return new Stage(redirect(task, staged), staged, files);
  }

  /** Makes the folders that the outputs go to, empty where they are its own: an earlier attempt may have been cut off. */
  prepare(): void {
    this.discard();
    const paths = [...this.task.outputs.map((output) => output.path), ...this.#staged.values()];
    for (const folder of new Set(paths.map((path) => dirname(path)))) this.#files.makeDirectory(folder);
  }

  /**
   * Moves what was made into place.
   *
   * @throws {LoomError} `is-directory` before anything is moved, if a file would take the place of a whole folder.
   */
  publish(): void {
    const made = [...this.#staged].filter(([, staged]) => this.#files.stat(staged) !== undefined);
    const blocked = made.find(([path, staged]) => this.#isFolder(path) && !this.#isFolder(staged));
    if (blocked !== undefined) {
      this.discard();
      throw folderInTheWay(blocked[0]);
    }
    for (const [path, staged] of made) this.#files.move(staged, path);
    this.discard();
  }

  #isFolder(path: string): boolean {
    return this.#files.stat(path)?.kind === "directory" && !this.#files.isLink(path);
  }

  /** Removes what was made. */
  discard(): void {
    for (const staged of this.#staged.values()) this.#files.remove(dirname(staged));
  }
}

function folderInTheWay(path: string): LoomError {
  return new LoomError("is-directory", `Cannot replace ${path}: a folder is in the way`, {
    hint: "move the folder away or choose another path",
    data: { path },
  });
}

function redirect(task: ResolvedTask, staged: ReadonlyMap<string, string>): ResolvedTask {
  return {
    ...task,
    outputs: task.outputs.map((output) => ({ ...output, path: staged.get(output.path) ?? output.path })),
    args: task.args.map((arg) => {
      const path = arg.path === undefined ? undefined : staged.get(arg.path);
      return path === undefined ? arg : { ...arg, path, words: [arg.flag, path] };
    }),
  };
}
