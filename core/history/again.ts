import type { Context } from "../context.ts";
import { LoomError } from "../errors.ts";
import type { Selection } from "../graph/selection.ts";
import { joinPath } from "../paths.ts";
import type { PointRecord, RunRecord } from "../ports/store.ts";
import { askedAgain, HIDDEN, hiddenNames, type RecordedRequest } from "../run/recorded_request.ts";
import type { RunRequest } from "../run/session/request.ts";
import { valuesOfPoint } from "../run/session/typed_text.ts";
import { namesInFile } from "./address.ts";

/** What a run was asked for, to be asked again. */
export interface AskedAgain
  extends Pick<RunRequest, "file" | "selection" | "include" | "extra" | "python" | "overrides" | "matrix"> {
  /** Whether the pipeline file holds another text now. */
  readonly isChanged: boolean;
}

/** One point of a sweep, among all of them. */
export interface PointOf {
  readonly point: PointRecord;
  readonly points: readonly PointRecord[];
}

/**
 * What has to be asked for to repeat a run, or only one point of it.
 *
 * @throws {LoomError} `pipeline-gone` if the file is no longer there; `secret-not-kept` if a value was left out of what
 * was kept.
 */
export function askAgain(
  run: RunRecord,
  project: string,
  { files }: Pick<Context, "files">,
  one?: PointOf,
): AskedAgain {
  const recorded = run.request as unknown as RecordedRequest;
  const file = joinPath(project, run.name);
  const text = files.readText(file);
  if (text === undefined) throw gone(run, file);
  const hidden = one === undefined ? hiddenNames(recorded) : hiddenAt(one.point, recorded);
  if (hidden.length > 0) throw secret(run, file, hidden);
  const isChanged = run.source !== undefined && files.digestText(text) !== run.source;
  const asked = askedAgain(recorded);
  return { file, ...one === undefined ? asked : askedAt(one, asked, text), isChanged };
}

/** Names of the values of a point that were left out. */
function hiddenAt({ values }: PointRecord, recorded: RecordedRequest): readonly string[] {
  const given = hiddenNames({ ...recorded, matrix: undefined }).filter((name) => !(name in values));
  return [...given, ...Object.keys(values).filter((name) => values[name] === HIDDEN)];
}

/** Where a point is asked for by its values alone, the file may sweep others, or want a name for the point. */
const SWEEPS_ITSELF = /\bmatrix\s*:|\bsweep\.id\b/;

type Asked = Omit<AskedAgain, "file" | "isChanged">;

/** The same for one point: without a sweep, unless the file has one, which its values then hold at this point. */
function askedAt({ point, points }: PointOf, { matrix, ...asked }: Asked, text: string): Asked {
  const values = valuesOfPoint(point);
  const selection = selectionInFile(asked.selection, namesInFile(points));
  if (matrix !== undefined && SWEEPS_ITSELF.test(text)) {
    const grid = new Map([...values].map(([name, value]) => [name, [value]]));
    return { ...asked, selection, matrix: { grid, zip: new Map(), include: [], exclude: [] } };
  }
  const parameters = new Map([...asked.overrides.parameters, ...values]);
  return { ...asked, selection, overrides: { ...asked.overrides, parameters } };
}

/** With steps as the file has them. */
function selectionInFile(selection: Selection, nameInFile: (step: string) => string): Selection {
  if (selection.mode === "steps") return { mode: "steps", names: [...new Set(selection.names.map(nameInFile))] };
  return selection.mode === "from" ? { mode: "from", name: nameInFile(selection.name) } : selection;
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
