/**
 * A PostgreSQL server of the test's own.
 *
 * @module
 */

/** A server on a free port of 127.0.0.1, with its data in a temporary folder. */
export interface PostgresServer extends AsyncDisposable {
  /** Of a database of its own, with user and password. */
  readonly address: string;
  /** Part of the address, to look for where it must not be. */
  readonly password: string;
}

const user = "loom";
const password = "tiger-in-the-address";

/**
 * Starts a server; disposing of it ends it.
 *
 * @throws {Error} If PostgreSQL is not installed, or says why it does not start.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = await programsFolder();
  const folder = await Deno.makeTempDir({ prefix: "loom-postgres-" });
  await Deno.writeTextFile(`${folder}/password`, password);
  const as = await ordinaryUser(folder);
  const initialise = ["-D", `${folder}/data`, "-U", user, "--pwfile", `${folder}/password`, "-A", "scram-sha-256"];
  await succeed([...as, `${programs}/initdb`, ...initialise, "-E", "UTF8", "--no-locale", "--no-sync"]);
  const port = freePort();
  const server = startServer([...as, `${programs}/postgres`, "-D", `${folder}/data`, "-k", folder, "-p", `${port}`]);
  const address = `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
  await ready(server, `${folder}/data`);
  return { address, password, [Symbol.asyncDispose]: () => stop(server, folder) };
}

/** Debian keeps the server's programs beside each other, by version, where no path leads. */
async function programsFolder(): Promise<string> {
  const found: string[] = [];
  try {
    for await (const { name } of Deno.readDir("/usr/lib/postgresql")) found.push(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const newest = found.sort((a, b) => Number(b) - Number(a))[0];
  if (newest !== undefined) return `/usr/lib/postgresql/${newest}/bin`;
  throw new Error("PostgreSQL is not installed; on Debian: sudo apt-get install postgresql");
}

/** The server refuses to run as root: it is then started as the user that Debian's package makes. */
async function ordinaryUser(folder: string): Promise<readonly string[]> {
  if (Deno.uid() !== 0) return [];
  await succeed(["chown", "-R", "postgres", folder]);
  return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"];
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

interface Server {
  readonly child: Deno.ChildProcess;
  /** What it says, from its end. */
  readonly said: Promise<string>;
}

function startServer([program, ...args]: readonly string[]): Server {
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=16MB", "-c", "max_connections=40"];
  const command = new Deno.Command(program, { args: [...args, ...settings], stdout: "null", stderr: "piped" });
  const child = command.spawn();
  return { child, said: new Response(child.stderr).text() };
}

/** Its pid file tells when it takes connections. */
async function ready(server: Server, data: string): Promise<void> {
  let over: number | undefined;
  void server.child.status.then(({ code }) => over = code);
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && over === undefined) {
    const text = await Deno.readTextFile(`${data}/postmaster.pid`).catch(() => "");
    if (/^ready\s*$/m.test(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  if (over === undefined) server.child.kill("SIGQUIT");
  throw new Error(`PostgreSQL did not start: ${await server.said}`);
}

async function stop({ child, said }: Server, folder: string): Promise<void> {
  // Fast shutdown: it ends sessions itself.
  child.kill("SIGINT");
  await child.status;
  await said;
  await Deno.remove(folder, { recursive: true });
}

async function succeed([program, ...args]: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await new Deno.Command(program, { args }).output();
  if (code === 0) return;
  throw new Error(`${program} failed: ${new TextDecoder().decode(stdout)}${new TextDecoder().decode(stderr)}`);
}
