import type { Context } from "../../context.ts";
import { LoomError } from "../../errors.ts";
import { sideOf } from "../../history/mod.ts";
import { basename, dirname, isInside, joinPath } from "../../paths.ts";
import type { Journal, PointRecord, RunRecord, Store } from "../../ports/store.ts";
import { readYaml } from "../../yaml/read.ts";
import { outputsOf } from "../outputs.ts";
import { experimentId, type Exporting, mlflowPoint, mlflowRun } from "./of_run.ts";
import { type MlflowRun, runFiles, yamlText } from "./run.ts";

/** Where a run is exported from and to. */
export interface MlflowTarget {
  readonly context: Context;
  readonly store: Store;
  readonly project: string;
  /** The folder of the file store, absolute. */
  readonly folder: string;
}

/** What was exported. */
export interface MlflowExported {
  readonly experiment: string;
  readonly runs: number;
  /** Outputs that were copied, with their sum of bytes. */
  readonly copied: number;
  readonly copiedBytes: number;
  /** Outputs that were not, with why. */
  readonly left: readonly (readonly [path: string, why: "changed" | "gone" | "too large"])[];
  /** Names that MLflow does not allow, and what they became. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** Outputs are copied until they are so large together. */
export const MOST_COPIED_BYTES = 50 * 1024 * 1024;

/** Tag by which a run is known as loom's. */
const OWN = "tags/loom.run";

/**
 * Adds a run, and the points of a sweep below it, to a file store of MLflow; makes the store if there is none. Each run
 * is there as a whole or not at all. A second export takes the place of the first, and keeps tags that others added.
 *
 * @throws {LoomError} `not-a-store` if the folder holds something else.
 */
export async function exportToMlflow(run: RunRecord, given: MlflowTarget): Promise<MlflowExported> {
  // Each of a thousand points looks through all that happened.
  const target = { ...given, store: { ...given.store, journal: readOnce(given.store.journal) } };
  requireStore(target);
  const points = target.store.journal.points(run.id);
  const exporting = exportingOf(run, target);
  const experiment = makeExperiment(`${basename(target.project)}/${run.name}`, target);
  const writer = new Writer(experiment, target);
  await writer.write(mlflowRun(run, points, exporting), run, undefined);
  for (const point of points) await writer.write(mlflowPoint(run, point, exporting), run, point);
  return writer.exported(points.length + 1);
}

/** A journal that reads what belongs to a run once. Right for a moment in which nobody writes. */
function readOnce(journal: Journal): Journal {
  return {
    ...journal,
    attempts: once((run) => journal.attempts(run)),
    events: once((run) => journal.events(run)),
    steps: once((run) => journal.steps(run)),
    points: once((run) => journal.points(run)),
  };
}

function once<T>(read: (run: string) => T): (run: string) => T {
  const known = new Map<string, T>();
  return (run) => {
    if (!known.has(run)) known.set(run, read(run));
    return known.get(run)!;
  };
}

function exportingOf(run: RunRecord, { context, store, project }: MlflowTarget): Exporting {
  const { files, env } = context;
  const attempts = store.journal.attempts(run.id);
  return {
    digest: files.digestText,
    user: env.USER ?? env.LOGNAME ?? env.USERNAME ?? "",
    source: joinPath(project, run.name),
    times: ({ point, durationMs }) => {
      const own = attempts.filter(({ step }) => step.endsWith(`@${point}`)).map(({ startedAt }) => startedAt);
      const startedAt = own.reduce((first, at) => Math.min(first, at), own[0] ?? run.createdAt);
      return { startedAt, ...(durationMs !== undefined && { endedAt: startedAt + durationMs }) };
    },
  };
}

function requireStore({ context: { files }, folder }: MlflowTarget): void {
  const kind = files.stat(folder)?.kind;
  if (kind === undefined) return;
  const inside = kind === "directory" ? files.list(folder) : [];
  const isStore = inside.some(({ name }) => files.stat(`${folder}/${name}/meta.yaml`)?.kind === "file") ||
    inside.some(({ name }) => name === ".trash");
  if (kind === "directory" && (inside.length === 0 || isStore)) return;
  throw new LoomError("not-a-store", `Cannot export to ${folder}: it is no file store of MLflow`, {
    hint: "name a new folder, or one that MLflow or loom made, with --out",
    data: { file: folder },
  });
}

interface Experiment {
  readonly id: string;
  readonly name: string;
}

/** The experiment of this name, whoever made it; else a new one. */
function makeExperiment(name: string, { context: { files }, folder }: MlflowTarget): Experiment {
  const known = files.list(folder).map((entry) => ({
    id: entry.name,
    name: experimentName(`${folder}/${entry.name}`, files),
  }));
  const found = known.find((experiment) => experiment.name === name);
  if (found !== undefined) return { ...found, name };
  const id = experimentId(name, files.digestText);
  // A store without the experiment 0 is one in which MLflow cannot start a run by itself.
  if (known.length === 0) writeExperiment({ id: "0", name: "Default" }, files, folder);
  writeExperiment({ id, name }, files, folder);
  return { id, name };
}

function experimentName(path: string, files: Context["files"]): string | undefined {
  const text = files.readText(`${path}/meta.yaml`);
  if (text === undefined) return undefined;
  const { value } = readYaml(text, `${path}/meta.yaml`);
  return value instanceof Map ? String(value.get("name")) : undefined;
}

function writeExperiment({ id, name }: Experiment, files: Context["files"], folder: string): void {
  files.makeDirectory(`${folder}/${id}`);
  const text = yamlText({
    artifact_location: fileUri(`${folder}/${id}`),
    experiment_id: id,
    lifecycle_stage: "active",
    name,
  });
  files.writeAtomic(`${folder}/${id}/meta.yaml`, text);
}

function fileUri(path: string): string {
  const slashes = path.replaceAll("\\", "/");
  return encodeURI(`file://${slashes.startsWith("/") ? "" : "/"}${slashes}`).replaceAll("#", "%23").replaceAll(
    "?",
    "%3F",
  );
}

class Writer {
  readonly #experiment: Experiment;
  readonly #target: MlflowTarget;
  readonly #left: [string, "changed" | "gone" | "too large"][] = [];
  readonly #renamed = new Map<string, string>();
  #copied = 0;
  #copiedBytes = 0;

  constructor(experiment: Experiment, target: MlflowTarget) {
    [this.#experiment, this.#target] = [experiment, target];
  }

  exported(runs: number): MlflowExported {
    const [copied, copiedBytes, left, renamed] = [this.#copied, this.#copiedBytes, this.#left, this.#renamed];
    return { experiment: this.#experiment.name, runs, copied, copiedBytes, left, renamed };
  }

  /** Builds the run's folder beside the store, then moves it in. */
  async write(made: MlflowRun, run: RunRecord, point: PointRecord | undefined): Promise<void> {
    const { folder, context: { files } } = this.#target;
    const place = `${folder}/${this.#experiment.id}/${made.id}`;
    const staging = `${folder}.${made.id.slice(0, 12)}.part`;
    if (files.stat(place) !== undefined && files.stat(`${place}/${OWN}`) === undefined) {
      throw new LoomError("not-a-store", `Cannot export to ${place}: a run that loom did not make is there`, {
        data: { file: place },
      });
    }
    files.remove(staging);
    try {
      this.#writeFiles(made, place, staging);
      await this.#copyOutputs(run, point, `${staging}/artifacts`);
      files.move(staging, place);
    } finally {
      files.remove(staging);
    }
  }

  #writeFiles(made: MlflowRun, place: string, staging: string): void {
    const { files } = this.#target.context;
    const { files: texts, changes } = runFiles(made, { experiment: this.#experiment.id, uri: fileUri(place) });
    for (const [name, to] of changes) this.#renamed.set(name, to);
    for (const folder of ["artifacts", "metrics", "params", "tags"]) files.makeDirectory(`${staging}/${folder}`);
    const own = new Set(texts.map(([path]) => path));
    for (const [path, text] of [...texts, ...this.#addedTags(place).filter(([path]) => !own.has(path))]) {
      files.makeDirectory(dirname(`${staging}/${path}`));
      files.writeNew(`${staging}/${path}`, text);
    }
  }

  /** Tags that were added to an earlier export, such as notes. */
  #addedTags(place: string): readonly (readonly [string, string])[] {
    const { files } = this.#target.context;
    const tags = files.list(`${place}/tags`).filter(({ kind, name }) =>
      kind === "file" && !/^(loom|mlflow\.source)\./.test(name)
    );
    return tags.map(({ name }) => [`tags/${name}`, files.readText(`${place}/tags/${name}`) ?? ""]);
  }

  /** What the run made and nobody changed since. */
  async #copyOutputs(run: RunRecord, point: PointRecord | undefined, to: string): Promise<void> {
    const { store, project, context, folder } = this.#target;
    const { files } = context;
    const text = run.source === undefined || point !== undefined ? undefined : store.objects.getText(run.source);
    if (text !== undefined) files.writeNew(`${to}/${basename(run.name)}`, text);
    const isSweep = point === undefined && store.journal.points(run.id).length > 0;
    // The points of a sweep have their outputs themselves.
    const side = sideOf(run, point, store.journal);
    const base = dirname(joinPath(project, run.name));
    const outputs = isSweep ? [] : await outputsOf(side, base, { context, store });
    for (const { path, absolute, kind, sizeBytes, isSame } of outputs) {
      if (kind === "absent") this.#left.push([path, "gone"]);
      else if (!isSame) this.#left.push([path, "changed"]);
      else if (sizeBytes + this.#copiedBytes > MOST_COPIED_BYTES || isInside(folder, absolute)) {
        this.#left.push([path, "too large"]);
      } else {
        const name = isInside(absolute, base) ? path : basename(path);
        files.makeDirectory(dirname(`${to}/${name}`));
        files.copy(absolute, `${to}/${name}`);
        this.#copied++;
        this.#copiedBytes += sizeBytes;
      }
    }
  }
}
