import { LoomError } from "../../../core/errors.ts";
import type { SandboxMachine, SandboxSpec } from "../../../core/ports/sandbox.ts";
import { hostFileReader } from "../files/reader.ts";
import { findProgram } from "../subprocess/program.ts";

/**
 * Refuses what could not work inside, in words that say why.
 *
 * @throws {LoomError} `program-not-allowed`, `program-not-found`, `program-not-executable`, `cwd-not-found`.
 */
export function checkSpec(spec: SandboxSpec, { system }: Pick<SandboxMachine, "system">): void {
  const { argv, policy, cwd } = spec;
  if (!policy.programs.includes(argv[0])) throw notAllowed(spec);
  const shown = [...system, ...policy.read, ...policy.write];
  if (!ALWAYS_THERE.includes(cwd) && !isShown(cwd, shown)) throw cwdNotShown(cwd);
  if (!programsOf(spec).some((path) => isShown(path, shown))) throw notShown(spec);
}

/** Its own, in every sandbox. */
const ALWAYS_THERE: readonly string[] = ["/", "/tmp"];

function notAllowed({ argv, policy }: SandboxSpec): LoomError {
  const named = policy.programs.length === 0 ? "it names none" : `it names ${policy.programs.join(", ")}`;
  return new LoomError("program-not-allowed", `Cannot start '${argv[0] ?? ""}': the policy does not name it`, {
    hint: `${named}; add it there if it is meant`,
    data: { program: argv[0] ?? "", programs: policy.programs },
  });
}

function cwdNotShown(cwd: string): LoomError {
  return new LoomError("cwd-not-found", `Cannot start a program in ${cwd}: its sandbox shows no such folder`, {
    hint: "start it in a folder that the policy lets it read",
    data: { cwd },
  });
}

/** Every place where the program would be taken from, in order. */
function programsOf({ argv, env, cwd }: SandboxSpec): readonly string[] {
  if (argv[0].includes("/")) return [findProgram({ argv, env, cwd })];
  const folders = (env.PATH ?? "/usr/local/bin:/usr/bin:/bin").split(":").filter((folder) => folder.startsWith("/"));
  const paths = folders.map((folder) => `${folder}/${argv[0]}`);
  const found = paths.filter((path) => hostFileReader.stat(path)?.kind === "file");
  // Says in its own words that there is none.
  return found.length > 0 ? found : [findProgram({ argv, env, cwd })];
}

function notShown(spec: SandboxSpec): LoomError {
  const [path] = programsOf(spec);
  return new LoomError("program-not-found", `Cannot start '${spec.argv[0]}': its sandbox does not show ${path}`, {
    hint: "let the policy read the folder that it is installed in",
    data: { program: spec.argv[0], path },
  });
}

/** Whether a path, and what it leads to, lie in something that is shown. */
function isShown(path: string, shown: readonly string[]): boolean {
  const inside = (it: string) => shown.some((folder) => it === folder || it.startsWith(withSlash(folder)));
  const real = hostFileReader.realPath(path);
  return real !== undefined && inside(real);
}

function withSlash(folder: string): string {
  return folder.endsWith("/") ? folder : `${folder}/`;
}
