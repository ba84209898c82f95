/**
 * Commands timed in turns, A B C A B C, so that a busy machine burdens all alike.
 *
 * @module
 */

/** What stands behind a name in a race. */
export type Role = "peer" | "ours" | "floor";

/** A command that takes part. */
export interface Entrant {
  readonly name: string;
  readonly role: Role;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Brings the folder back to where a round begins; not timed. */
  readonly before?: () => void;
}

/** How an entrant fared. Milliseconds; `samples` are in the order they were taken. */
export interface Timing {
  readonly name: string;
  readonly role: Role;
  readonly median: number;
  readonly samples: readonly number[];
}

/** An entrant that needs longer than this is measured once: its ratio will not hang on noise. */
const SLOW_MS = 20_000;

/**
 * Runs all entrants `rounds` times in turns after one round that does not count, and gives their medians.
 *
 * @throws {Error} With what a command wrote, when it fails: a time of something that broke is no time.
 */
export function race(entrants: readonly Entrant[], rounds: number): readonly Timing[] {
  const samples = new Map(entrants.map((entrant) => [entrant, [timeOnce(entrant)]]));
  const quick = entrants.filter((entrant) => samples.get(entrant)![0] < SLOW_MS);
  for (const entrant of quick) samples.set(entrant, []);
  for (let round = 0; round < rounds; round++) {
    for (const entrant of quick) samples.get(entrant)!.push(timeOnce(entrant));
  }
  return entrants.map((entrant) => {
    const { name, role } = entrant;
    return { name, role, median: median(samples.get(entrant)!), samples: samples.get(entrant)!.map(round1) };
  });
}

function timeOnce(entrant: Entrant): number {
  entrant.before?.();
  const start = performance.now();
  perform(entrant);
  return performance.now() - start;
}

/**
 * Runs a command to its end and gives what it wrote to standard output.
 *
 * @throws {Error} With what it wrote, when it fails.
 */
export function runOnce(entrant: Pick<Entrant, "argv" | "cwd" | "env">): string {
  return new TextDecoder().decode(perform(entrant, "piped").stdout);
}

function perform(
  { argv, cwd, env }: Pick<Entrant, "argv" | "cwd" | "env">,
  stdout: "null" | "piped" = "null",
): Deno.CommandOutput {
  const [program, ...args] = argv;
  const options = { args, cwd, env, clearEnv: true, stdin: "null", stdout, stderr: "piped" } as const;
  const output = new Deno.Command(program, options).outputSync();
  if (output.success) return output;
  const said = [...(stdout === "piped" ? [output.stdout] : []), output.stderr];
  const text = said.map((bytes) => new TextDecoder().decode(bytes)).join("\n");
  throw new Error(`Cannot measure ${argv.join(" ")} in ${cwd}: exit code ${output.code}\n${text}`);
}

/** The middle of an odd count, the mean of the two middle ones of an even count; to a tenth. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return round1(sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
