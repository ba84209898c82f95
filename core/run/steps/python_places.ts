import { LoomError } from "../../errors.ts";
import { basename, dirname, isInside } from "../../paths.ts";
import type { Session } from "../session/session.ts";

/** Where a Python is, as it says itself: what is named by people may be a script that starts another. */
export interface PythonPlaces {
  readonly program: string;
  /** Its library, and that of the Python that an environment was made of. */
  readonly folders: readonly string[];
}

/** Isolated, so that nothing of the project is read. */
const QUESTION =
  "import json, sys; print(json.dumps([sys.executable, sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]))";

/** Asked once in a run. */
const known = new WeakMap<Session, Promise<PythonPlaces>>();

/** The places of the interpreter of a run. @throws {LoomError} `python-broken` if it cannot say. */
export function pythonPlaces(session: Session): Promise<PythonPlaces> {
  const asked = known.get(session) ?? ask(session);
  known.set(session, asked);
  return asked;
}

async function ask({ interpreter, context }: Session): Promise<PythonPlaces> {
  const path = interpreter?.path ?? "python3";
  let text = "";
  const child = context.subprocesses.start({
    argv: [path, "-I", "-c", QUESTION],
    cwd: context.cwd,
    env: context.env,
    onOutput: (stream, piece) => text += stream === "stdout" ? piece : "",
  });
  const { exitCode } = await child.exit;
  if (exitCode !== 0) {
    throw new LoomError("python-broken", `Cannot find out where ${path} is installed`, {
      hint: "name another Python with --python",
      data: { path },
    });
  }
  const [program, ...folders]: string[] = JSON.parse(text);
  return { program, folders: [...new Set(folders)].flatMap((folder) => shown(folder, context.env.HOME)) };
}

/** The places of any other program: itself, and the folder that it was installed into as a whole, if it was. */
export function programPlaces(path: string | undefined, { files, env }: Session["context"]): readonly string[] {
  const real = path === undefined ? undefined : files.realPath(path);
  if (path === undefined || real === undefined) return [];
  const folder = dirname(real);
  return basename(folder) === "bin" ? [path, ...shown(dirname(folder), env.HOME)] : [path, real];
}

/** Never a person's whole home: of a Python that is installed right there, what belongs to it. */
function shown(folder: string, home: string | undefined): readonly string[] {
  const holdsHome = folder === "/" || (home !== undefined && home !== "" && isInside(home, folder));
  return holdsHome ? [`${folder}/bin`, `${folder}/lib`] : [folder];
}
