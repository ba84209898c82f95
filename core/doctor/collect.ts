/**
 * Collecting what is judged.
 *
 * @module
 */

import { PROVIDER_NEEDS, type ReadConfig, readConfig, userFolder } from "../config/mod.ts";
import type { Context } from "../context.ts";
import { isLoomError } from "../errors.ts";
import { dirname, isInside, joinPath } from "../paths.ts";
import type { InstalledPlugin } from "../ports/plugin_store.ts";
import type { Prober } from "../ports/prober.ts";
import { findPython } from "../run/session/interpreter.ts";
import type { DoctorFacts, ProgramFacts } from "./facts.ts";

/** Where facts come from. */
export interface DoctorOutside {
  readonly context: Context;
  readonly prober: Prober;
  plugins(): Promise<readonly InstalledPlugin[]>;
}

/** Looks at everything; programs are asked all at once. */
export async function collectFacts({ context, prober, plugins }: DoctorOutside): Promise<DoctorFacts> {
  const { env, cwd, platform, stores } = context;
  const project = stores.projectOf(cwd);
  const state = joinPath(project, ".loom");
  const home = env.LOOM_HOME || joinPath(env.HOME || env.USERPROFILE || cwd, ".loom");
  const settings = userFolder(env);
  const config = await readConfig(context);
  const [python, git, sandboxState, installed] = await Promise.all([
    lookForPython(config, { context, prober, project }),
    ask(prober.find("git"), prober),
    context.sandboxes.state(),
    plugins(),
  ]);
  const folder = prober.folder(state);
  return {
    platform,
    runtime: prober.runtime(),
    python,
    git,
    programs: programsOf(config, prober),
    sandbox: sandboxState,
    plugins: installed,
    config,
    locale: { all: env.LC_ALL, ctype: env.LC_CTYPE, lang: env.LANG },
    home: { path: home, facts: prober.folder(home) },
    ...(settings === undefined ? {} : { settings: { path: settings, facts: prober.folder(settings) } }),
    state: { path: state, facts: folder, trial: folder?.writable ? prober.trial(state) : undefined },
    project: { path: project, facts: prober.folder(project), foldsCase: prober.foldsCase(project) },
    database: prober.database(`${state}/loom.db`),
    disk: prober.disk(project),
    nowMs: context.clock.now(),
  };
}

interface PythonPlace {
  readonly context: Context;
  readonly prober: Prober;
  readonly project: string;
}

/**
 * The Python that runs would use. One that came with the project is not run to be looked at: looking at a folder must
 * be safe, whoever made it.
 */
async function lookForPython(config: ReadConfig, { context, prober, project }: PythonPlace): Promise<ProgramFacts> {
  const path = pythonPath(config, context);
  if (path === undefined) return {};
  const setting = config.settings.find(({ key }) => key === "python");
  if (setting?.untrusted !== true && !isInside(path, project)) return await ask(path, prober);
  const version = /^version(?:_info)?\s*=\s*(\S+)/m.exec(
    context.files.readText(joinPath(dirname(dirname(path)), "pyvenv.cfg")) ?? "",
  );
  return { path, ...(version === null ? {} : { version: `Python ${version[1]}` }) };
}

function pythonPath({ config }: ReadConfig, context: Context): string | undefined {
  try {
    return findPython({ configured: config.python ?? undefined, baseDir: context.cwd }, context);
  } catch (error) {
    if (!isLoomError(error)) throw error;
    return undefined;
  }
}

async function ask(path: string | undefined, prober: Prober): Promise<ProgramFacts> {
  if (path === undefined) return {};
  const version = await prober.version(path, ["--version"]);
  return version === undefined ? { path, broken: true } : { path, version };
}

function programsOf({ config }: ReadConfig, prober: Prober): DoctorFacts["programs"] {
  const needed = [config.code_provider, config.feedback_provider].flatMap((it) => PROVIDER_NEEDS[it]?.program ?? []);
  return Object.fromEntries(needed.map((name) => {
    const path = prober.find(name);
    return [name, path === undefined ? {} : { path }];
  }));
}
