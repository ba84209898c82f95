import type { Context } from "../../context.ts";
import { pyStr } from "../../yaml/value.ts";
import type { Matrix } from "../../graph/pipeline.ts";
import type { FileReader } from "../../ports/files.ts";
import type { Metrics, PointRecord, RunDetails } from "../../ports/store.ts";
import type { Prepared } from "../session/prepare.ts";
import type { RunRequest } from "../session/request.ts";
import { look, type Sight } from "../session/witness.ts";

/** Raise it whenever what makes a step fresh changes, so that receipts of older looms count no more. */
const FORMAT = 6;

/** What a run found that had nothing to do: which steps, and everything it looked at to find that out. */
export interface Receipt {
  readonly format: number;
  /** {@linkcode environmentMark} of that run. */
  readonly environment: string;
  /** Digest of the pipeline file's text. */
  readonly source: string;
  readonly steps: readonly string[];
  readonly parallel: boolean;
  readonly givenWorkers?: number;
  readonly sights: readonly Sight[];
  readonly metrics?: Metrics;
  /** Of a sweep, as that run left them. */
  readonly points: readonly PointRecord[];
  /** Of that run, without what git said: that may have changed since. */
  readonly details: RunDetails;
}

/**
 * Whether a request is one that skips what is fresh, as far as can be told without reading the file. Whoever wants
 * addresses asked again wants the servers' answer, not what was found the last time.
 */
export function maySkip({ cached, force, resume, dryRun, refreshUrls }: RunRequest): boolean {
  return cached !== false && !force && !resume && !dryRun && !refreshUrls;
}

/** The text under which a request's receipt is kept. Overrides are marked, not kept, for they may be secret. */
export function requestKey(request: RunRequest, context: Context): string {
  const { overrides, matrix, passStdin: _, ...rest } = request;
  const parameters = [...overrides.parameters].map(([name, value]) => `${name}=${typeof value} ${pyStr(value)}`);
  const data = [...overrides.data].map(([name, path]) => `${name}=${path}`);
  return JSON.stringify([rest, context.cwd, mark([...parameters, "", ...data, matrixText(matrix)].join("\0"))]);
}

function matrixText(matrix: Matrix | undefined): string {
  return matrix === undefined ? "" : JSON.stringify(matrix, (_, value) => {
    if (value instanceof Map) return [...value];
    return typeof value === "bigint" ? `${value}n` : value;
  });
}

/** Changes with every run and says nothing about what a step does. */
const PASSING = new Set(["_", "SHLVL", "OLDPWD", "COLUMNS", "LINES", "WINDOWID", "PWD"]);

/** A mark of the whole environment: another one may mean other values of `${NAME}`, another Python, another path. */
export function environmentMark(env: Readonly<Record<string, string>>): string {
  const names = Object.keys(env).filter((name) => !PASSING.has(name)).sort();
  return mark(names.map((name) => `${name}=${env[name]}`).join("\0"));
}

/** FNV-1a, twice with different starts: tells texts apart, needs no cryptography and so no time to load it. */
function mark(text: string): string {
  let [a, b] = [0x811c9dc5, 0xcbf29ce4];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x01000193) + i | 0;
  }
  return `${(a >>> 0).toString(16)}${(b >>> 0).toString(16)}`;
}

/** The receipt as it is stored. */
export function writeReceipt(
  { prepared, source, sights, results, details: { git: _, ...details } }: {
    readonly prepared: Prepared;
    readonly source: string;
    readonly sights: readonly Sight[];
    readonly results: Pick<Receipt, "metrics" | "points">;
    readonly details: RunDetails;
  },
  context: Context,
): string {
  const receipt: Receipt = {
    format: FORMAT,
    environment: environmentMark(context.env),
    source,
    steps: prepared.steps.map((step) => step.name),
    parallel: prepared.parallel,
    givenWorkers: prepared.givenWorkers,
    sights,
    ...results,
    details,
  };
  return JSON.stringify(receipt);
}

/** The receipt, if nothing it speaks of has changed since. */
export function readReceipt(text: string, context: Context): Receipt | undefined {
  const receipt = JSON.parse(text) as Receipt;
  if (receipt.format !== FORMAT || receipt.environment !== environmentMark(context.env)) return undefined;
  return receipt.sights.every((sight) => isUnchanged(sight, context.files)) ? receipt : undefined;
}

function isUnchanged([path, before]: Sight, files: FileReader): boolean {
  const now = look(files.stat(path));
  if (before === null || now === null) return before === now;
  return before.every((number, i) => number === now[i]);
}
