import type { Metrics, Scalar } from "../../ports/store.ts";
import { numberOf } from "../table/number.ts";
import { Names } from "./names.ts";

/** A run as MLflow keeps it. */
export interface MlflowRun {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** UTC milliseconds. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly user: string;
  readonly parameters: Readonly<Record<string, Scalar>>;
  readonly metrics: Metrics;
  /** By names that MLflow allows. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A file of the store: its path from the folder of the run, and what it says. */
export type StoreFile = readonly [path: string, text: string];

/** MLflow's numbers for how a run stands: RUNNING, SCHEDULED, FINISHED, FAILED, KILLED. */
const STATUS: Readonly<Record<string, number>> = { running: 1, pending: 2, done: 3, failed: 4 };
const KILLED = 5;

/** MLflow's number for a run on this machine. */
const LOCAL = 4;

/** Letters of a parameter's value and of a tag at most. */
const LONGEST = { parameter: 6000, tag: 5000 };

/** The files of a run, and what had to be changed in it. */
export function runFiles(
  run: MlflowRun,
  { experiment, uri }: { readonly experiment: string; readonly uri: string },
): { readonly files: readonly StoreFile[]; readonly changes: ReadonlyMap<string, string> } {
  const [parameters, metrics, tags] = [new Names(), new Names(), new Names()];
  const at = run.endedAt ?? run.startedAt;
  const numbers = Object.entries(run.metrics).filter(([, value]) => metricText(value) !== undefined);
  const words = Object.entries(run.metrics).filter(([, value]) => metricText(value) === undefined && value !== null);
  const files: StoreFile[] = [
    ["meta.yaml", metaText(run, { experiment, uri })],
    ...Object.entries(run.parameters).map(([name, value]): StoreFile => {
      return [`params/${parameters.allowed(name)}`, pythonText(value).slice(0, LONGEST.parameter)];
    }),
    ...numbers.map((
      [name, value],
    ): StoreFile => [`metrics/${metrics.allowed(name)}`, `${at} ${metricText(value)} 0\n`]),
    ...Object.entries({
      ...run.tags,
      ...Object.fromEntries(words.map(([name, value]) => [`loom.metric.${name}`, String(value)])),
    })
      .map(([name, value]): StoreFile => [`tags/${tags.allowed(name)}`, value.slice(0, LONGEST.tag)]),
  ];
  return { files, changes: new Map([...parameters.changes, ...metrics.changes, ...tags.changes]) };
}

/** As Python reads it; `undefined` for what is no number. */
function metricText(value: Scalar): string | undefined {
  const number = typeof value === "boolean" ? Number(value) : numberOf(value);
  if (number === undefined || Number.isFinite(number)) return number?.toString();
  return Number.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
}

/** As Python's `str()` prints it, which is what MLflow's own scripts log. */
function pythonText(value: Scalar): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(value) : value;
}

function metaText(run: MlflowRun, { experiment, uri }: { readonly experiment: string; readonly uri: string }): string {
  return yamlText({
    artifact_uri: `${uri}/artifacts`,
    end_time: run.endedAt === undefined ? null : Math.round(run.endedAt),
    entry_point_name: "",
    experiment_id: experiment,
    lifecycle_stage: "active",
    run_id: run.id,
    run_name: run.name,
    run_uuid: run.id,
    source_name: "",
    source_type: LOCAL,
    source_version: "",
    start_time: Math.round(run.startedAt),
    status: STATUS[run.status] ?? KILLED,
    tags: [],
    user_id: run.user,
  });
}

/** Keys and values as YAML; JSON's texts and numbers are that too. */
export function yamlText(pairs: Readonly<Record<string, unknown>>): string {
  return Object.entries(pairs).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join("");
}
