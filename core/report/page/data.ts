import type { PointRecord, RunRecord } from "../../ports/store.ts";
import type { Output } from "../outputs.ts";
import type { Best } from "../best.ts";
import type { Result } from "../table/result.ts";
import type { InputFact, StepFact, StepSum } from "./facts.ts";
import type { Preview } from "./previews.ts";

/** An output with what is shown of it. */
export interface ShownOutput extends Output {
  readonly preview: Preview;
}

/** All that a page tells. */
export interface ReportData {
  readonly run: RunRecord;
  /** Of one point of a sweep. */
  readonly point?: PointRecord;
  /** The run, or the point, as a row of a table. */
  readonly result: Result;
  /** Of a sweep. */
  readonly points: readonly Result[];
  readonly best?: Best;
  readonly steps: readonly StepFact[];
  /** Of a sweep in the place of `steps`. */
  readonly sums: readonly StepSum[];
  readonly inputs: readonly InputFact[];
  /** Of a sweep those of its best point. */
  readonly outputs: readonly ShownOutput[];
  /** SVG of the charts, which is put into the page as it is. */
  readonly charts: readonly string[];
  /** SVG of the pipeline, which is not trusted. */
  readonly graph?: string;
  /** What to type to do it again, with what it does. */
  readonly commands: readonly (readonly [command: string, meaning: string])[];
  readonly hidden: readonly string[];
  /** When the page is made, UTC milliseconds. */
  readonly now: number;
  /** Of the loom that makes it. */
  readonly version: string;
}
