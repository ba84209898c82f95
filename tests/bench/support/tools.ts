/**
 * The tools that are measured, and how each is told to do a workload.
 *
 * @module
 */

import { join } from "node:path";
import { inRepository } from "../../../_tools/_run.ts";
import { type Description, dodoFile, dvcFile, makefile, ninjaFile, pipelineFile, snakefile } from "./descriptions.ts";
import { venvProgram } from "./peers.ts";
import type { Role } from "./race.ts";
import type { StepKind, Workload } from "./workload.ts";

/** How many steps may run at a time, for every tool that can. */
export const WORKERS = 2;

/** A tool that runs steps. */
export interface Tool {
  readonly name: string;
  readonly role: Role;
  readonly describe: (work: Workload) => Description;
  /** Does what is not done. */
  readonly run: readonly string[];
  /** Does what is not done and leaves the rest, where that has to be asked for. @default {run} */
  readonly again?: readonly string[];
  /** Shows what it would do; absent when it cannot. */
  readonly plan?: readonly string[];
  /** Makes a folder its own; not timed. */
  readonly init?: readonly string[];
  /** Where it keeps what it remembers. */
  readonly state: readonly string[];
  /** Kinds of steps that it can be given; all when absent. */
  readonly kinds?: readonly StepKind[];
  /** Whether it skips what is fresh at all. @default {true} */
  readonly skipsFresh?: boolean;
}

const MAKE: Tool = {
  name: "make",
  role: "peer",
  describe: makefile,
  run: ["make", `-j${WORKERS}`, "-s"],
  plan: ["make", "-n"],
  state: [],
};

const NINJA: Tool = {
  name: "ninja",
  role: "peer",
  describe: ninjaFile,
  run: ["ninja", `-j${WORKERS}`, "--quiet"],
  plan: ["ninja", "-n"],
  state: [".ninja_log", ".ninja_deps"],
};

const DOIT: Tool = {
  name: "doit",
  role: "peer",
  describe: dodoFile,
  run: [venvProgram("doit"), "run", "-n", `${WORKERS}`],
  state: [".doit.db", ".doit.db.db", ".doit.db.dat", ".doit.db.bak", ".doit.db.dir"],
};

const SNAKEMAKE: Tool = {
  name: "snakemake",
  role: "peer",
  describe: snakefile,
  run: [venvProgram("snakemake"), "--cores", `${WORKERS}`, "--quiet", "all", "--nolock"],
  plan: [venvProgram("snakemake"), "--dry-run", "--nolock"],
  state: [".snakemake"],
};

const DVC: Tool = {
  name: "dvc",
  role: "peer",
  describe: dvcFile,
  init: [venvProgram("dvc"), "init", "--no-scm", "--quiet"],
  run: [venvProgram("dvc"), "repro", "--quiet"],
  state: [".dvc", ".dvcignore", "dvc.lock"],
};

const ORIGINAL: Tool = {
  name: "original",
  role: "peer",
  describe: pipelineFile,
  run: [venvProgram("loom"), "pipeline.yml", "--parallel", "--max-workers", `${WORKERS}`],
  plan: [venvProgram("loom"), "pipeline.yml", "--dry-run"],
  state: [],
  kinds: ["python"],
  skipsFresh: false,
};

/** Every peer by name. */
export const PEERS: ReadonlyMap<string, Tool> = new Map(
  [MAKE, NINJA, DOIT, SNAKEMAKE, DVC, ORIGINAL].map((tool) => [tool.name, tool]),
);

/** Those of the named peers that run pipelines, and that `fits`; other rows have peers of their own. */
export function peersAmong(names: readonly string[], fits: (name: string) => boolean = () => true): readonly Tool[] {
  return names.filter(fits).flatMap((name) => PEERS.get(name) ?? []);
}

/** How loom is started from source: the flags of `deno task loom`. */
export const SOURCE_ARGV: readonly string[] = [
  Deno.execPath(),
  "run",
  "--config",
  inRepository("deno.json"),
  "-A",
  inRepository("main.ts"),
];

/** The compiled binary. */
export const BINARY_ARGV: readonly string[] = [join(inRepository("dist"), "loom")];

/** loom, started from source or as the binary; `python` runs its steps. */
export function loomTool(name: "source" | "binary", python: string): Tool {
  const argv = name === "source" ? SOURCE_ARGV : BINARY_ARGV;
  const run = [...argv, "pipeline.yml", "--parallel", "--max-workers", `${WORKERS}`, "--python", python];
  return {
    name: `loom (${name})`,
    role: "ours",
    describe: pipelineFile,
    run,
    again: [...run, "--cached"],
    plan: [...argv, "pipeline.yml", "--dry-run", "--python", python],
    state: [".loom"],
  };
}
