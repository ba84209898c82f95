/**
 * Processes that drive runs.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sendSignal } from "../../support/send_signal.ts";
import type { Job, Said } from "./victim.ts";

const VICTIM = fileURLToPath(import.meta.resolve("./victim.ts"));
const CONFIG = fileURLToPath(import.meta.resolve("../../../deno.json"));

/** A process that drives runs. */
export interface Driving {
  /** Sends a signal, unless it has ended. */
  kill(signal: Deno.Signal): void;
  /** Resolves when it has begun; also if it never does. */
  readonly ready: Promise<void>;
  /** What it said of each job, and how it ended. */
  readonly ended: Promise<Ended>;
}

/** How a process ended. */
export interface Ended {
  readonly said: readonly Said[];
  readonly code: number;
  readonly signal: string | null;
  /** What it wrote to stderr. */
  readonly complaint: string;
}

/** Starts a process for these jobs. */
export function start(...jobs: readonly Job[]): Driving {
  const args = ["run", "-A", "--no-lock", "--config", CONFIG, VICTIM, JSON.stringify(jobs)];
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: jobs[0].folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const begun = Promise.withResolvers<void>();
  return {
    kill: (name) => sendSignal(child, name),
    ready: begun.promise,
    ended: ended(child, begun.resolve),
  };
}

/** Drives jobs to their ends. */
export async function driven(...jobs: readonly Job[]): Promise<readonly Said[]> {
  const { said, code, complaint } = await start(...jobs).ended;
  if (code !== 0) throw new Error(`A process that was not killed ended with ${code}: ${complaint}`);
  return said;
}

async function ended(child: Deno.ChildProcess, begun: () => void): Promise<Ended> {
  const complaint = new Response(child.stderr).text();
  let text = "";
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    begun();
  }
  begun();
  const { code, signal } = await child.status;
  const lines = text.split("\n").filter((line) => line.startsWith("{"));
  return { said: lines.map((line) => JSON.parse(line) as Said), code, signal, complaint: await complaint };
}

/** An empty folder that goes away at the end. */
export class Folder implements Disposable {
  readonly path: string = Deno.makeTempDirSync({ prefix: "loom-chaos-" });

  /** A folder in it. */
  sub(name: string): string {
    const path = join(this.path, name);
    Deno.mkdirSync(path);
    return path;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** Does work on every item, two at a time. */
export async function twoAtATime<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}
