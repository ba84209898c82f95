/**
 * Brings the peers onto this machine: programs of the system and Python packages in an environment of their own.
 *
 * @module
 */

import { join } from "node:path";
import { hasProgram, inRepository, must } from "../../../_tools/_run.ts";
import { NODE_PACKAGES } from "../loop/support/node_peers.ts";
import { UI_PACKAGES } from "../ui/support/peers.ts";

const FOLDER = inRepository(".test-env/bench");

/** What is installed. The original's runner imports send2trash without asking for it. */
const PACKAGES: readonly string[] = [
  "dvc",
  "snakemake==9.*",
  "doit",
  "loom-pipeline==0.7.0",
  "send2trash",
  "loomc==0.3.0",
];

const SYSTEM: readonly string[] = ["make", "ninja", "xargs", "sha256sum"];

/** Written last: without it the environment is half made. */
const READY = join(FOLDER, "ready");

/** Path of a program of the Python environment, whether or not it was made yet. */
export function venvProgram(name: string): string {
  return join(FOLDER, "bin", name);
}

/**
 * Makes what is missing; quick when nothing is.
 *
 * @throws {Error} Naming the programs of the system that are missing, and how to get them.
 */
export async function setUpPeers(): Promise<void> {
  const found = await Promise.all(SYSTEM.map(hasProgram));
  const missing = SYSTEM.filter((_, index) => !found[index]);
  if (missing.length > 0) {
    const fix = "apt-get install -y make ninja-build findutils coreutils";
    throw new Error(`These peers are missing: ${missing.join(", ")}. On Debian: ${fix}`);
  }
  if (await isReady()) return;
  console.error("Installing the Python peers into .test-env/bench …");
  // The interpreter itself: what is first on the path may be a shim that costs more than the script.
  const python = (await must(["python3", "-c", "import sys; print(sys.executable)"])).trim();
  await must([python, "-m", "venv", FOLDER]);
  await must([venvProgram("python"), "-m", "pip", "install", "--quiet", ...PACKAGES]);
  await Deno.writeTextFile(READY, PACKAGES.join("\n"));
}

async function isReady(): Promise<boolean> {
  try {
    return await Deno.readTextFile(READY) === PACKAGES.join("\n");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Versions of the peers by name, in the words they use themselves. */
export async function peerVersions(): Promise<Readonly<Record<string, string>>> {
  const versions: Record<string, string> = {};
  for (const name of ["make", "ninja", venvProgram("doit"), venvProgram("snakemake"), venvProgram("dvc")]) {
    versions[name.split("/").at(-1)!] = (await must([name, "--version"])).split("\n")[0].trim();
  }
  return { ...versions, ...NODE_PACKAGES, ...UI_PACKAGES, original: "loom-pipeline 0.7.0, loomc 0.3.0" };
}
