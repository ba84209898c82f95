import type { Clock } from "../../ports/clock.ts";
import type { FileReader } from "../../ports/files.ts";
import type { Scalar } from "../../ports/store.ts";
import type { MetricsSource } from "../metrics/collect.ts";
import { type MetricsFile, readMetrics } from "../metrics/read.ts";

/** How often files that are being written are looked at. */
const EVERY_MS = 500;

/** What tells how far a program has come, when its file has no rows. */
const COUNTERS = ["epoch", "step", "iteration"];

/** Hears how far a step has come; values row by row. */
export type OnValues = (step: string, place: string, values: readonly Scalar[]) => void;

/** A step whose metrics are looked at while it runs. */
interface Watched {
  readonly sources: readonly MetricsSource[];
  /** UTC milliseconds; what is older was left by an earlier attempt. */
  readonly since: number;
  /** Path to what it was when it was last read. */
  readonly seen: Map<string, string>;
}

/** Reads one metric out of files while they are written. */
export class MetricsWatch {
  readonly #metric: string;
  readonly #files: FileReader;
  readonly #clock: Clock;
  readonly #onValues: OnValues;
  readonly #watched = new Map<string, Watched>();
  readonly #over = new AbortController();

  constructor(metric: string, ports: { readonly files: FileReader; readonly clock: Clock }, onValues: OnValues) {
    [this.#metric, this.#files, this.#clock, this.#onValues] = [metric, ports.files, ports.clock, onValues];
  }

  /** Looks again and again until {@linkcode end}. */
  async run(): Promise<void> {
    for (;;) {
      const slept = await this.#clock.sleep(EVERY_MS, this.#over.signal).then(() => true, () => false);
      if (!slept) return;
      for (const [step, watched] of this.#watched) this.#look(step, watched);
    }
  }

  /** A step has begun. */
  add(step: string, sources: readonly MetricsSource[]): void {
    if (sources.length > 0) this.#watched.set(step, { sources, since: this.#clock.now(), seen: new Map() });
  }

  /** It is over. */
  remove(step: string): void {
    this.#watched.delete(step);
  }

  /** Looks no more. */
  end(): void {
    this.#over.abort();
  }

  #look(step: string, { sources, since, seen }: Watched): void {
    sources.forEach(({ path }, at) => {
      const info = this.#files.stat(path);
      // File systems tell times in steps of up to 10 ms.
      if (info === undefined || info.mtimeMs < since - 10) return;
      const stamp = `${info.sizeBytes} ${info.mtimeMs}`;
      if (seen.get(path) === stamp) return;
      seen.set(path, stamp);
      const found = readMetrics(path, this.#files, { isWhole: false });
      // Half a file is read again when it has grown.
      if ("problem" in found) return;
      const { values, mark } = valuesOf(found, this.#metric);
      if (values.length > 0) this.#onValues(step, `${at}${mark}`, values);
    });
  }
}

/** What a file that is being written tells so far. A single value without a counter may be that of an earlier row. */
function valuesOf(found: MetricsFile, metric: string): { readonly values: readonly Scalar[]; readonly mark: string } {
  const series = found.series.get(metric);
  if (series !== undefined) return { values: series, mark: "" };
  const counter = COUNTERS.find((name) => typeof found.values[name] === "number");
  const value = found.values[metric];
  if (counter === undefined || value === undefined) return { values: [], mark: "" };
  return { values: [value], mark: ` ${counter} ${found.values[counter]}` };
}
