/**
 * Brings what the tests need onto a machine that has Node and Python: packages of the system, the originals, the binary.
 *
 * @module
 */

import { analysisPython, loomcPython, mlflowPython, originalPython } from "../tests/support/python_env.ts";
import { capture, hasProgram, must } from "./_run.ts";

/** Something the tests start, and the Debian package that brings it. */
interface Need {
  readonly program: string;
  /** Arguments with which it succeeds where all of it is there; asked for by name alone when absent. */
  readonly probe?: readonly string[];
  readonly debian: string;
  readonly why: string;
  /** Where it is needed; everywhere when absent. */
  readonly os?: typeof Deno.build.os;
}

const NEEDS: readonly Need[] = [
  { program: "python3", debian: "python3", why: "pipelines run Python scripts" },
  {
    program: "python3",
    probe: ["-c", "import ensurepip, venv"],
    debian: "python3-venv",
    why: "the original is installed into an environment of its own, by the module venv",
  },
  { program: "make", debian: "make", why: "a peer of the speed tests" },
  { program: "setsid", debian: "util-linux", why: "tests of signals start loom in its own session", os: "linux" },
  { program: "script", debian: "bsdutils", why: "tests of the live view need a terminal", os: "linux" },
  { program: "tar", debian: "tar", why: "packages from npm are unpacked with it" },
  { program: "bwrap", debian: "bubblewrap", why: "programs that are not trusted are tried in a sandbox", os: "linux" },
  {
    // Debian puts the server where no path leads, by version.
    program: "sh",
    probe: ["-c", "ls /usr/lib/postgresql/*/bin/postgres"],
    debian: "postgresql",
    why: "the store of loops is tried on a PostgreSQL server",
    os: "linux",
  },
  { program: "chromium", debian: "chromium", why: "the page of loom ui is tried in a browser", os: "linux" },
  { program: "git", debian: "git", why: "the tests read which files are tracked" },
];

/**
 * Everything the tests rely on, made ready once; quick when it already is.
 *
 * @throws {Error} Naming what is missing and how to get it.
 */
export async function setUp(): Promise<void> {
  await installPrograms(await missing());
  await must([Deno.execPath(), "install", "--quiet", "--frozen"]);
  const binary = must([Deno.execPath(), "run", "-A", "_tools/compile.ts"]);
  const [made] = await Promise.all([binary, ...pythons()]);
  console.log(made.trim());
}

/** Each is made in a folder of its own; most of the time they wait for what they fetch. */
function pythons(): readonly Promise<string>[] {
  return [originalPython(), loomcPython("0.2.0"), loomcPython("0.3.0"), analysisPython(), mlflowPython()];
}

async function missing(): Promise<readonly Need[]> {
  const here = NEEDS.filter((need) => need.os === undefined || need.os === Deno.build.os);
  const present = await Promise.all(here.map(isPresent));
  return here.filter((_, index) => !present[index]);
}

async function isPresent({ program, probe }: Need): Promise<boolean> {
  if (!await hasProgram(program)) return false;
  return probe === undefined || (await capture([program, ...probe])).code === 0;
}

async function installPrograms(needs: readonly Need[]): Promise<void> {
  if (needs.length === 0) return;
  const packages = needs.map((need) => need.debian);
  if (Deno.build.os !== "linux" || Deno.uid() !== 0 || !await hasProgram("apt-get")) {
    const list = needs.map(({ program, why }) => `  ${program} (${why})`).join("\n");
    throw new Error(`These programs are missing:\n${list}\nOn Debian: sudo apt-get install ${packages.join(" ")}`);
  }
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await must(["apt-get", "update", "-qq"], { env });
  await must(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", ...packages], { env });
}
