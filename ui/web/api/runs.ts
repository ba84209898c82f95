/**
 * What the page asks the server about runs, in its words.
 *
 * @module
 */

import type { RunEvent } from "../../../core/ports/events.ts";
import { address, ask, type Query, takeToken } from "./client.ts";
import type { Schemas } from "./generated.ts";

export type ListedRun = Schemas["ListedRun"];
export type RunRecord = Schemas["RunRecord"];
export type RunDiff = Schemas["RunDiff"];
export type ResultTable = Schemas["ResultTable"];
export type Plot = Schemas["Plot"];
export type LiveRuns = Schemas["Live"];
export type LogPage = Schemas["LogPage"];
export type RunOutput = Schemas["RunOutputs"]["outputs"][number];
export type Output = Extract<RunEvent, { type: "output" }>;

/** Runs that go on at the server. */
export function liveRuns(): Promise<LiveRuns> {
  return ask("GET /api/live");
}

/** The history, newest first. */
export async function listRuns(query: Query): Promise<readonly ListedRun[]> {
  return (await ask("GET /api/runs", { query })).runs;
}

/** One run with all that is kept of it. */
export function runRecord(id: string, path: string): Promise<RunRecord> {
  return ask("GET /api/runs/{run}", { run: id, query: { path } });
}

/** All events of a run that came after a number. */
export async function runEvents(id: string, path: string, after = 0): Promise<readonly RunEvent[]> {
  const found: RunEvent[] = [];
  for (let at = after;;) {
    const page = await ask("GET /api/runs/{run}/events", { run: id, query: { path, after: at } });
    const events = page.events as unknown as readonly RunEvent[];
    found.push(...events);
    if (!page.more || events.length === 0) return found;
    at = events.at(-1)!.seq;
  }
}

/** The newest that a run has written, while it goes on. */
export async function runOutput(id: string): Promise<{ readonly outputs: readonly Output[]; readonly cut: boolean }> {
  const { outputs, cut } = await ask("GET /api/runs/{run}/output", { run: id });
  return { outputs: outputs as unknown as readonly Output[], cut };
}

/** A piece of a log. */
export function logPage(id: string, query: Query): Promise<LogPage> {
  return ask("GET /api/runs/{run}/log", { run: id, query });
}

/** What changed between two runs or points. */
export function diffOf(query: Query): Promise<RunDiff> {
  return ask("GET /api/diff", { query });
}

/** Parameters beside metrics. */
export function tableOf(query: Query): Promise<ResultTable> {
  return ask("GET /api/table", { query });
}

/** A picture of a table. */
export function plotOf(query: Query): Promise<Plot> {
  return ask("GET /api/plot", { query });
}

/** Files that a run or point made. */
export async function outputsOf(id: string, query: Query): Promise<readonly RunOutput[]> {
  return (await ask("GET /api/runs/{run}/outputs", { run: id, query })).outputs;
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
  return ask("POST /api/runs/{run}/rerun", { run: id, query: { path }, body: { ...how, wait: true } });
}

/** Ends a run, or asks who drives a loop to. */
export async function cancelRun(id: string, path: string | undefined): Promise<void> {
  await ask("POST /api/runs/{run}/cancel", { run: id, query: { path } });
}
