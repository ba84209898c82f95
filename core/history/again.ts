import type { Context } from "../context.ts";
import { LoomError } from "../errors.ts";
import { joinPath } from "../paths.ts";
import type { RunRecord } from "../ports/store.ts";
import { askedAgain, hiddenNames, type RecordedRequest } from "../run/recorded_request.ts";
import type { RunRequest } from "../run/session/request.ts";

/** What a run was asked for, to be asked again. */
export interface AskedAgain
  extends Pick<RunRequest, "file" | "selection" | "include" | "extra" | "overrides" | "matrix"> {
  /** Whether the pipeline file holds another text now. */
  readonly isChanged: boolean;
}

/**
 * What has to be asked for to repeat a run.
 *
 * @throws {LoomError} `pipeline-gone` if the file is no longer there; `secret-not-kept` if a value was left out of what
 * was kept.
 */
export function askAgain(run: RunRecord, project: string, { files }: Pick<Context, "files">): AskedAgain {
  const recorded = run.request as unknown as RecordedRequest;
  const file = joinPath(project, run.name);
  const text = files.readText(file);
  if (text === undefined) throw gone(run, file);
  const hidden = hiddenNames(recorded);
  if (hidden.length > 0) throw secret(run, file, hidden);
  const isChanged = run.source !== undefined && files.digestText(text) !== run.source;
  return { file, ...askedAgain(recorded), isChanged };
}

function gone({ id, source }: RunRecord, file: string): LoomError {
  const kept = source === undefined ? "" : `; its text as it was is .loom/objects/${source.slice(0, 2)}/${source}`;
  return new LoomError("pipeline-gone", `Cannot run ${id} again: there is no ${file} any more`, {
    hint: `put it back, or run the file that took its place${kept}`,
    data: { file, id },
  });
}

function secret({ id }: RunRecord, file: string, names: readonly string[]): LoomError {
  const given = names.map((name) => `--set ${name}=…`).join(" ");
  const were = names.length === 1 ? "its value was" : "their values were";
  return new LoomError(
    "secret-not-kept",
    `Cannot run ${id} again: ${names.join(", ")} looks secret, so ${were} not kept`,
    {
      hint: `run the pipeline itself and give it again: loom ${file} ${given}`,
      data: { file, id, names },
    },
  );
}
