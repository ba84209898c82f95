/**
 * What the page asks the server about runs, in its words.
 *
 * @module
 */

import type { z } from "@hono/zod-openapi";
import type { RunEvent } from "../../../core/ports/events.ts";
import type { DiffSchema } from "../../server/schemas/compare.ts";
import type { ListedRunSchema, RunOutputsSchema, RunRecordSchema } from "../../server/schemas/history.ts";
import type { PlotSchema, TableSchema } from "../../server/schemas/results.ts";
import type { EventsSchema, LiveSchema, LogSchema, OutputSchema } from "../../server/schemas/runs.ts";
import { ask, takeToken } from "./client.ts";

export type ListedRun = z.infer<typeof ListedRunSchema>;
export type RunRecord = z.infer<typeof RunRecordSchema>;
export type RunDiff = z.infer<typeof DiffSchema>;
export type ResultTable = z.infer<typeof TableSchema>;
export type Plot = z.infer<typeof PlotSchema>;
export type LiveRuns = z.infer<typeof LiveSchema>;
export type LogPage = z.infer<typeof LogSchema>;
export type RunOutput = z.infer<typeof RunOutputsSchema>["outputs"][number];
export type Output = Extract<RunEvent, { type: "output" }>;

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

function address(path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** Runs that go on at the server. */
export function liveRuns(): Promise<LiveRuns> {
  return ask("/api/live");
}

/** The history, newest first. */
export async function listRuns(query: Query): Promise<readonly ListedRun[]> {
  return (await ask<{ runs: ListedRun[] }>(address("/api/runs", query))).runs;
}

/** One run with all that is kept of it. */
export function runRecord(id: string, path: string): Promise<RunRecord> {
  return ask(address(`/api/runs/${id}`, { path }));
}

/** All events of a run that came after a number. */
export async function runEvents(id: string, path: string, after = 0): Promise<readonly RunEvent[]> {
  const found: RunEvent[] = [];
  for (let at = after;;) {
    const page = await ask<z.infer<typeof EventsSchema>>(address(`/api/runs/${id}/events`, { path, after: at }));
    const events = page.events as unknown as readonly RunEvent[];
    found.push(...events);
    if (!page.more || events.length === 0) return found;
    at = events.at(-1)!.seq;
  }
}

/** The newest that a run has written, while it goes on. */
export async function runOutput(id: string): Promise<{ readonly outputs: readonly Output[]; readonly cut: boolean }> {
  const { outputs, cut } = await ask<z.infer<typeof OutputSchema>>(`/api/runs/${id}/output`);
  return { outputs: outputs as unknown as readonly Output[], cut };
}

/** A piece of a log. */
export function logPage(id: string, query: Query): Promise<LogPage> {
  return ask(address(`/api/runs/${id}/log`, query));
}

/** What changed between two runs or points. */
export function diffOf(query: Query): Promise<RunDiff> {
  return ask(address("/api/diff", query));
}

/** Parameters beside metrics. */
export function tableOf(query: Query): Promise<ResultTable> {
  return ask(address("/api/table", query));
}

/** A picture of a table. */
export function plotOf(query: Query): Promise<Plot> {
  return ask(address("/api/plot", query));
}

/** Files that a run or point made. */
export async function outputsOf(id: string, query: Query): Promise<readonly RunOutput[]> {
  return (await ask<{ outputs: RunOutput[] }>(address(`/api/runs/${id}/outputs`, query))).outputs;
}

/** One of them. */
export async function outputFile(id: string, query: Query): Promise<Blob> {
  const headers = { authorization: `Bearer ${takeToken()}` };
  const response = await fetch(address(`/api/runs/${id}/file`, query), { headers });
  if (!response.ok) throw new Error((await response.json()).error.message);
  return await response.blob();
}

/** Runs once more what a run was asked for. */
export function rerun(id: string, path: string, how: { readonly cached?: boolean } = {}): Promise<{ run: string }> {
  return ask(address(`/api/runs/${id}/rerun`, { path }), { body: { ...how, wait: true } });
}

/** Ends a run. */
export async function cancelRun(id: string): Promise<void> {
  await ask(`/api/runs/${id}/cancel`, { body: {} });
}
