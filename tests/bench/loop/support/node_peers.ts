/**
 * Peers that are packages of Node, in a folder of their own.
 *
 * @module
 */

import { join } from "node:path";
import { hasProgram, inRepository, must } from "../../../../_tools/_run.ts";
import type { Contender, Figures } from "./contest.ts";
import type { Ground } from "./ground.ts";

const FOLDER = inRepository(".test-env/bench/node");

/** What is installed, by package. */
export const NODE_PACKAGES: Readonly<Record<string, string>> = {
  "@langchain/langgraph": "1.7.3",
  "@langchain/langgraph-checkpoint-sqlite": "1.0.4",
  "@dbos-inc/dbos-sdk": "5.3.0",
};

/** Written last: without it the folder is half made. */
const READY = join(FOLDER, "ready");

/**
 * Installs what is missing; quick when nothing is.
 *
 * @throws {Error} If there is no Node with npm, or a package cannot be installed.
 */
export async function setUpNodePeers(): Promise<void> {
  const wanted = JSON.stringify(NODE_PACKAGES);
  if (await readIfThere(READY) === wanted) return;
  if (!await hasProgram("npm")) throw new Error("LangGraph and DBOS need Node 20 with npm. On Debian: nodejs npm");
  console.error("Installing the Node peers into .test-env/bench/node …");
  await Deno.mkdir(FOLDER, { recursive: true });
  await Deno.writeTextFile(
    join(FOLDER, "package.json"),
    JSON.stringify({ private: true, dependencies: NODE_PACKAGES }),
  );
  await must(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: FOLDER });
  await Deno.writeTextFile(READY, wanted);
}

/** How a program of `peers/` is told what to do, anew for each round. */
export interface PeerProgram {
  readonly name: string;
  readonly role: Contender["role"];
  readonly program: string;
  readonly given: () => Readonly<Record<string, unknown>>;
}

/** A program for Node that measures itself and prints its figures. */
export function nodePeer(ground: Ground, { name, role, program, given }: PeerProgram): Contender {
  return { name, role, measure: () => figuresOf(["node", peerFile(program)], ground, given()) };
}

/** Runs a program with one JSON argument, beside the state's file, and reads the JSON that it prints last. */
export async function figuresOf(
  argv: readonly string[],
  ground: Ground,
  given: Readonly<Record<string, unknown>>,
): Promise<Figures> {
  const words = [...argv, JSON.stringify({ state: ground.stateFile, ...given })];
  const env = { ...ground.env, NODE_PATH: join(FOLDER, "node_modules") };
  const said = await must(words, { cwd: ground.newFolder(), env, clearEnv: true });
  return JSON.parse(said.trim().split("\n").at(-1)!);
}

/** Path of a program of `peers/`. */
export function peerFile(name: string): string {
  return inRepository(`tests/bench/loop/peers/${name}`);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
