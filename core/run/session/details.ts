import { looksSecret, maskSecrets } from "../../graph/display.ts";
import type { Clock } from "../../ports/clock.ts";
import type { RunDetails, Scalar } from "../../ports/store.ts";
import { pyStr, type Value, valueToJson } from "../../yaml/value.ts";
import type { Prepared } from "./prepare.ts";
import type { GitState } from "./git_state.ts";
import type { Recorder } from "./recorder.ts";

/** Stands for a value that is not kept. */
export const HIDDEN = "***";

/** How long the first step waits for git, which has nearly always answered while the pipeline was read. */
const PATIENCE_MS = 50;

/** How long the end of a run waits for it. */
const LAST_PATIENCE_MS = 500;

/** With what a run is made, as far as that is known before it begins. */
export function detailsOf(prepared: Pick<Prepared, "loaded" | "secrets" | "sweep" | "steps">): RunDetails {
  const { loaded: { pipeline }, secrets, sweep, steps } = prepared;
  const points = sweep && new Set(steps.flatMap(({ name }) => sweep.clones.get(name)?.points ?? [])).size;
  const pairs = [...pipeline.parameters].map(([name, value]) => [name, keptValue(name, value, secrets)] as const);
  const swept = [...new Set(sweep?.points.flatMap(({ values }) => [...values.keys()]))];
  return { parameters: Object.fromEntries(pairs), ...(points !== undefined && points > 0 && { points, swept }) };
}

/** The value of a parameter as it is kept: not at all if its name looks secret. */
export function keptValue(name: string, value: Value, secrets: readonly string[]): Scalar {
  return looksSecret(name) ? HIDDEN : scalarOf(value, secrets);
}

/** A value as it is kept: what JSON has no word for, lists and maps too, as the text that Python prints. */
export function scalarOf(value: Value, secrets: readonly string[] = []): Scalar {
  const json = valueToJson(value);
  if (typeof json === "number" || typeof json === "boolean" || json === null) return json;
  if (typeof json === "string" && typeof value !== "string") return NON_FINITE[json] ?? json;
  return maskSecrets(typeof value === "string" ? value : pyStr(value), secrets);
}

const NON_FINITE: Readonly<Record<string, string>> = { nan: "NaN", inf: "Infinity", "-inf": "-Infinity" };

/** Adds what becomes known while a run goes on: the version of Python, and git's answer. */
export class LateDetails {
  readonly #recorder: Recorder;
  readonly #clock: Clock;
  readonly #git: Promise<GitState | undefined> | undefined;
  #details: RunDetails;

  constructor(
    parts: { readonly details: RunDetails; readonly git?: Promise<GitState | undefined> },
    recorder: Recorder,
    clock: Clock,
  ) {
    [this.#details, this.#git, this.#recorder, this.#clock] = [parts.details, parts.git, recorder, clock];
  }

  /** All that is known by now. */
  get known(): RunDetails {
    return this.#details;
  }

  /** Before the first step. */
  async begin(python: string | undefined): Promise<void> {
    if (python !== undefined && python !== "") this.#add({ python });
    this.#git?.then((git) => git && this.#add({ git }));
    await this.#wait(PATIENCE_MS);
  }

  /** After the last step. */
  async end(): Promise<void> {
    await this.#wait(LAST_PATIENCE_MS);
    this.#recorder.commit();
  }

  #add(more: Partial<RunDetails>): void {
    const details = this.#details = { ...this.#details, ...more };
    this.#recorder.write(({ journal }) => journal.setDetails(this.#recorder.run, details));
  }

  async #wait(ms: number): Promise<void> {
    if (this.#git === undefined) return;
    const over = new AbortController();
    await Promise.race([
      this.#git.then(() => over.abort()),
      this.#clock.sleep(ms, over.signal).catch(() => {
        // Git answered first.
      }),
    ]);
  }
}
