/**
 * The least between a program and a terminal on a page: what it writes goes into a socket.
 *
 * @module
 */

/** A socket that starts a program for who connects, and says what it writes. */
export interface RawSocket extends AsyncDisposable {
  readonly address: string;
}

/** Serves it on this machine; the program is a Python script, run in `folder`. */
export function serveRaw(folder: string, script: string): RawSocket {
  const speaking = new Set<Promise<void>>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => void speaking.add(speak(socket, folder, script));
    return response;
  });
  return {
    address: `ws://127.0.0.1:${server.addr.port}/`,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(speaking);
      await server.shutdown();
    },
  };
}

async function speak(socket: WebSocket, folder: string, script: string): Promise<void> {
  const options = { cwd: folder, stdin: "null", stdout: "piped", stderr: "null" } as const;
  await using child = new Deno.Command("python3", { args: [script], ...options }).spawn();
  const decoder = new TextDecoder();
  for await (const piece of child.stdout) {
    if (socket.readyState !== WebSocket.OPEN) break;
    socket.send(decoder.decode(piece, { stream: true }));
  }
  socket.close();
}
