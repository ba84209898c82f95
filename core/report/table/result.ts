import type { Metrics, PointRecord, ResultRecord, Scalar } from "../../ports/store.ts";

/** One row of a table: a run, or a point of a sweep. */
export interface Result {
  /** Of a run. */
  readonly id?: string;
  /** Of a point of a sweep: its place in it, from 1. */
  readonly number?: number;
  /** Of a point: its name, which tells its values too. */
  readonly point?: string;
  /** Of a run: the pipeline's name. */
  readonly name?: string;
  readonly status: string;
  /** Of a run, UTC milliseconds. */
  readonly createdAt?: number;
  readonly durationMs?: number;
  readonly parameters: Readonly<Record<string, Scalar>>;
  readonly metrics: Metrics;
  /** Why a point was stopped or failed. */
  readonly reason?: string;
  /** Of a sweep: how many points it has. */
  readonly points?: number;
  readonly git?: { readonly commit: string; readonly dirty: boolean };
}

/** A run as a row. */
export function resultOfRun({ id, name, status, createdAt, durationMs, details, metrics }: ResultRecord): Result {
  const { parameters: kept = {}, swept = [], points, git } = details ?? {};
  const parameters = Object.fromEntries(Object.entries(kept).filter(([name]) => !swept.includes(name)));
  return { id, name, status, createdAt, durationMs, parameters, metrics: metrics ?? {}, points, git };
}

/** A point of a sweep as a row. */
export function resultOfPoint({ number, point, status, durationMs, values, metrics, reason }: PointRecord): Result {
  return { number, point, status, durationMs, parameters: values, metrics, reason };
}
