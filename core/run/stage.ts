import type { ResolvedTask } from "../graph/command.ts";
import { basename, dirname } from "../graph/paths.ts";
import type { Files } from "../ports/files.ts";
import type { Subject } from "./freshness.ts";
import type { Session } from "./session.ts";

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
  static of(subject: Subject, session: Session): Stage {
    const { task, step } = subject.source;
    const { files } = session.context;
    if (!step.atomic) return new Stage(task, new Map(), files);
    const id = files.digestText(`${subject.step.name}\0${subject.part}`).slice(0, 8);
    const inputs = new Set(task.inputs.map((input) => input.value));
    // A file that is updated in place cannot be staged: the script reads it where it is.
    const paths = subject.outputs.filter((path) => path !== task.into && !inputs.has(path) && !path.includes("{"));
    const staged = new Map(paths.map((path) => [path, `${dirname(path)}/.loom-stage-${id}/${basename(path)}`]));
    const stage = new Stage(redirect(task, staged), staged, files);
    stage.discard();
    return stage;
  }

  /** Moves what was made into place. */
  publish(): void {
    for (const [path, staged] of this.#staged) {
      if (this.#files.stat(staged) !== undefined) this.#files.move(staged, path);
    }
    this.discard();
  }

  /** Removes what was made, also by an attempt that was cut off earlier. */
  discard(): void {
    for (const staged of this.#staged.values()) this.#files.remove(dirname(staged));
  }
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
