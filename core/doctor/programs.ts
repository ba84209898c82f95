/**
 * Checks of what loom runs on, and of programs that it uses.
 *
 * @module
 */

import type { DoctorFacts } from "./facts.ts";
import { fail, type Finding, pass, warn } from "./finding.ts";

/** The oldest Deno that loom runs on. */
const OLDEST_DENO = [2, 7];

/** The runtime. */
export function checkDeno({ runtime }: DoctorFacts): Finding {
  const { deno, compiled, path } = runtime;
  const found = compiled ? `Deno ${deno}, in ${path}` : `Deno ${deno}, from source`;
  const [major, minor] = deno.split(".").map(Number);
  const isOld = major < OLDEST_DENO[0] || (major === OLDEST_DENO[0] && minor < OLDEST_DENO[1]);
  if (!isOld) return pass("deno", found);
  return fail("deno", `${found}, is too old`, `use Deno ${OLDEST_DENO.join(".")} or newer: deno upgrade`);
}

/** The Python of scripts. */
export function checkPython({ python: { path, version, broken } }: DoctorFacts): Finding {
  const fix = "install Python 3, or name one with --python or LOOM_PYTHON";
  if (path === undefined) return warn("python", "There is no Python; pipelines of Python scripts need one", fix);
  if (broken) return warn("python", `${path} does not run`, fix);
  return pass("python", version === undefined ? path : `${version}, ${path}`);
}

/** Git, for plugins from repositories and for tools. */
export function checkGit({ git: { path, version, broken } }: DoctorFacts): Finding {
  if (path === undefined) return warn("git", "There is no git; plugins from repositories need it", "install git");
  if (broken) return warn("git", `${path} does not run`, "install git again");
  return pass("git", version ?? path);
}

/** What holds programs in that are not trusted. */
export function checkSandbox({ sandbox }: DoctorFacts): Finding {
  if (sandbox.available) return pass("sandbox", `${sandbox.kind} ${sandbox.version}`);
  const message = `No sandbox: ${sandbox.reason}; what needs one is refused`;
  return warn("sandbox", message, sandbox.fix);
}

/** Whether plugins are what was added. */
export function checkPlugins({ plugins }: DoctorFacts): Finding {
  const changed = plugins.filter(({ state }) => state !== "ok").map(({ name }) => name);
  if (changed.length > 0) {
    const message = `Not what was added: ${changed.join(", ")}`;
    return fail("plugins", message, "loom plugin verify says more; add them again, or loom plugin remove NAME");
  }
  return pass("plugins", plugins.length === 0 ? "none added" : `${plugins.length} verified`);
}
