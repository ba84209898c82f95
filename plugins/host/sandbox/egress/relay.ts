/**
 * Inside a sandbox without a network: takes connections on its own loopback to the socket of loom's proxy, and runs a
 * program meanwhile.
 *
 * Runs alone, in a sandbox where nothing else of loom is: it imports nothing.
 *
 * @module
 */

/**
 * Arguments: path of the socket, port, and the program with its own.
 *
 * @returns The exit code of the program.
 */
export async function relay([path, port, program, ...args]: readonly string[]): Promise<number> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: Number(port) });
  void serve(listener, path);
  // The program is told to end along with this one, and may have something to do first.
  Deno.addSignalListener("SIGTERM", () => {});
  const env = Object.fromEntries(Object.entries(Deno.env.toObject()).filter(([name]) => name.startsWith("_loom_")));
  const streams = { stdin: "inherit", stdout: "inherit", stderr: "inherit" } as const;
  const { code } = await new Deno.Command(program, { args, env, clearEnv: true, ...streams }).spawn().status;
  return code;
}

async function serve(listener: Deno.Listener, path: string): Promise<void> {
  for await (const conn of listener) void join(conn, path);
}

async function join(conn: Deno.Conn, path: string): Promise<void> {
  const ends = [conn];
  try {
    const proxy = await Deno.connect({ transport: "unix", path });
    ends.push(proxy);
    await Promise.all([carry(conn, proxy), carry(proxy, conn)]);
  } catch {
    // Either side may leave at any moment, and with it goes the other: there is nobody to tell.
  } finally {
    for (const end of ends) end.close();
  }
}

/** One way; the other may go on when this one has come to its end. */
async function carry(from: Deno.Conn, to: Deno.Conn): Promise<void> {
  const piece = new Uint8Array(64 * 1024);
  for (let count = await from.read(piece); count !== null; count = await from.read(piece)) {
    for (let at = 0; at < count;) at += await to.write(piece.subarray(at, count));
  }
  await to.closeWrite();
}

if (import.meta.main) Deno.exit(await relay(Deno.args));
