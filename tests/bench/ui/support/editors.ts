/**
 * Editors as a person starts them, each in a process of its own.
 *
 * @module
 */

import { originalEditorPython } from "../../../support/python_env.ts";
import type { Arena } from "../../support/arena.ts";
import { SOURCE_ARGV } from "../../support/tools.ts";
import { Late, within } from "./deadline.ts";

const START_MS = 60_000;
const STOP_MS = 5_000;
const POLL_MS = 20;

/** One that can be opened in a browser. */
export interface Editor extends AsyncDisposable {
  readonly url: string;
  /** From the command to the address that answers. */
  readonly startMs: number;
}

/** Where a pipeline lies that is opened. */
export interface Where {
  readonly arena: Arena;
  /** Holds `pipeline.yml`. */
  readonly folder: string;
}

/** Starts `loom ui`; `argv` is how loom is called. */
export async function startLoom({ arena, folder }: Where, argv: readonly string[] = SOURCE_ARGV): Promise<Editor> {
  const start = performance.now();
  const child = spawn([...argv, "ui", "pipeline.yml", "--json", "--no-open"], { arena, folder }, "piped");
  try {
    const url = JSON.parse(await within(START_MS, "the address of loom ui", firstLine(child.stdout))).url;
    return { url, startMs: performance.now() - start, [Symbol.asyncDispose]: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** Starts the original's editor. */
export async function startOriginal({ arena, folder }: Where): Promise<Editor> {
  const [python, port] = [await originalEditorPython(), freePort()];
  const start = performance.now();
  const argv = ["-c", "from loom.ui import main; main()", "pipeline.yml", "--port", `${port}`, "--no-browser"];
  const child = spawn([python, ...argv], { arena, folder }, "null");
  const url = `http://127.0.0.1:${port}/`;
  try {
    await within(START_MS, "the original's editor", answers(`${url}api/state`, start + START_MS));
    return { url, startMs: performance.now() - start, [Symbol.asyncDispose]: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

function spawn([program, ...args]: readonly string[], { arena, folder }: Where, stdout: "piped" | "null") {
  const options = { args, cwd: folder, env: arena.env, clearEnv: true, stdin: "null", stderr: "null" } as const;
  return new Deno.Command(program, { ...options, stdout }).spawn();
}

/** Ends it, and waits until it is gone. */
async function end(child: Deno.ChildProcess): Promise<void> {
  signal(child, "SIGTERM");
  try {
    await within(STOP_MS, "its end", child.status);
  } catch (error) {
    if (!(error instanceof Late)) throw error;
    signal(child, "SIGKILL");
    await child.status;
  }
}

function signal(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch (error) {
    // It is gone already.
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)) {
    text += piece;
    if (text.includes("\n")) return text.slice(0, text.indexOf("\n"));
  }
  throw new Error(`It ended without an address: ${text}`);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function answers(url: string, until: number): Promise<void> {
  while (performance.now() < until) {
    try {
      return void await (await fetch(url)).text();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
