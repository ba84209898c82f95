/**
 * A Postgres of our own: a new cluster on a free port of 127.0.0.1, gone with its folder.
 *
 * @module
 */

import { join } from "node:path";
import { must } from "../../../../_tools/_run.ts";

/** Where Debian's packages put the server, newest last. */
const VERSIONS = "/usr/lib/postgresql";
/** The server refuses to run as root. */
const SERVER_USER = "postgres";
const START_TRIES = 100;
const TRY_MS = 100;

/** A running server. */
export class Postgres implements AsyncDisposable {
  readonly #server: Deno.ChildProcess;
  readonly #folder: string;
  readonly url: string;

  private constructor(server: Deno.ChildProcess, folder: string, url: string) {
    [this.#server, this.#folder, this.url] = [server, folder, url];
  }

  /**
   * Makes a cluster with the server's own settings and waits until it answers.
   *
   * @throws {Error} If there is no server on this machine, or it does not start.
   */
  static async start(): Promise<Postgres> {
    const bin = join(VERSIONS, await newestVersion(), "bin");
    const user = await userOfServer();
    const folder = await Deno.makeTempDir({ prefix: "loom-postgres-" });
    if (user) await Deno.chown(folder, user.uid, user.gid);
    const data = join(folder, "data");
    await succeed(join(bin, "initdb"), ["--auth=trust", "--username=bench", "--encoding=UTF8", "-D", data], user);
    const port = freePort();
    const args = ["-D", data, "-p", `${port}`, "-k", folder, "-c", "listen_addresses=127.0.0.1"];
    const server = new Deno.Command(join(bin, "postgres"), {
      args,
      cwd: folder,
      ...user,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const started = new Postgres(server, folder, `postgres://bench@127.0.0.1:${port}/postgres`);
    await started.#waitUntilReady(join(bin, "pg_isready"), port);
    return started;
  }

  async #waitUntilReady(program: string, port: number): Promise<void> {
    for (let left = START_TRIES; left > 0; left--) {
      const args = ["-q", "-h", "127.0.0.1", "-p", `${port}`];
      if ((await new Deno.Command(program, { args }).output()).success) return;
      await new Promise((resolve) => setTimeout(resolve, TRY_MS));
    }
    await this[Symbol.asyncDispose]();
    throw new Error(`Postgres does not answer on port ${port}`);
  }

  /** Waits for nobody: who is still connected is cut off. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.kill("SIGINT");
    await this.#server.status;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

async function newestVersion(): Promise<string> {
  try {
    const names = (await Array.fromAsync(Deno.readDir(VERSIONS))).map(({ name }) => name);
    const newest = names.sort((a, b) => Number(a) - Number(b)).at(-1);
    if (newest !== undefined) return newest;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  throw new Error("There is no Postgres server on this machine. On Debian: apt-get install -y postgresql");
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Nobody else is needed where this is not root. */
async function userOfServer(): Promise<User | undefined> {
  if (Deno.uid() !== 0) return undefined;
  const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => must(["id", flag, SERVER_USER])));
  return { uid: Number(uid), gid: Number(gid) };
}

async function succeed(program: string, args: readonly string[], user: User | undefined): Promise<void> {
  const command = new Deno.Command(program, { args: [...args], cwd: "/", ...user, stdout: "null", stderr: "piped" });
  const { success, stderr } = await command.output();
  if (!success) throw new Error(`Cannot run ${program}: ${new TextDecoder().decode(stderr)}`);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
