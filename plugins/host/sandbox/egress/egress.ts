import { fileURLToPath } from "node:url";
import type { SandboxEgress, SandboxRendering, SandboxSpec } from "../../../../core/ports/sandbox.ts";
import { type EgressRefusal, Proxy } from "./proxy.ts";
import { type Resolve, systemResolve } from "./resolve.ts";

/** What can be said of all ways out. */
export interface EgressOptions {
  /** Only for tests: the addresses of names. */
  readonly resolve?: Resolve;
  /** Only for tests, whose servers are on this machine. */
  readonly allowLoopback?: boolean;
}

/** The way out of one sandbox. */
export interface Egress {
  readonly shown: SandboxEgress;
  /** What programs look at to find their proxy. */
  readonly variables: ReadonlyMap<string, string>;
  /** Stands before the program, and takes its connections to the proxy. Empty where none is needed. */
  readonly relay: readonly string[];
  readonly relayVariables: Readonly<Record<string, string>>;
  readonly token: string;
  close(): void;
}

/** In a network that nobody else is in, any will do; this is what proxies are expected at. */
const RELAY_PORT = 3128;

/** Opens a proxy for one program, through which it reaches the hosts of its policy. */
export function openEgress(
  { policy, onBlocked }: Pick<SandboxSpec, "policy" | "onBlocked">,
  rendering: SandboxRendering,
  options: EgressOptions,
): Egress {
  const token = randomHex();
  const proxyOptions = {
    token,
    allowsHost: (host: string, port: number) => rendering.allowsHost(policy, host, port),
    resolve: options.resolve ?? systemResolve,
    allowLoopback: options.allowLoopback,
    onRefused: ({ host, port, why }: EgressRefusal) => onBlocked?.(`connect to ${host}:${port}: ${why}`),
  };
  return Deno.build.os === "linux" ? bySocket(token, proxyOptions) : byPort(token, proxyOptions);
}

type Options = ConstructorParameters<typeof Proxy>[1];

/** Into a sandbox with a network of its own there leads only a file. */
function bySocket(token: string, options: Options): Egress {
  const folder = socketFolder();
  const path = `${folder}/proxy`;
  const proxy = new Proxy(Deno.listen({ transport: "unix", path }), options);
  const runtime = relayRuntime();
  return {
    token,
    shown: { read: [folder, ...runtime.files] },
    variables: proxyVariables(token, RELAY_PORT),
    relay: [...runtime.argv, path, `${RELAY_PORT}`],
    relayVariables: { DENO_DIR: "/dev/shm/.loom-relay", DENO_NO_UPDATE_CHECK: "1" },
    close: () => {
      proxy.close();
      Deno.removeSync(folder, { recursive: true });
    },
  };
}

function byPort(token: string, options: Options): Egress {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const proxy = new Proxy(listener, options);
  const { port } = listener.addr as Deno.NetAddr;
  return {
    token,
    shown: { read: [], port },
    variables: proxyVariables(token, port),
    relay: [],
    relayVariables: {},
    close: () => proxy.close(),
  };
}

/** Names of sockets are short (108 bytes on Linux): a long `TMPDIR` will not do. */
function socketFolder(): string {
  const prefix = "loom-egress-";
  const folder = Deno.makeTempDirSync({ prefix });
  if (folder.length < 90) return Deno.realPathSync(folder);
  Deno.removeSync(folder);
  return Deno.makeTempDirSync({ prefix, dir: "/tmp" });
}

/** loom itself, by the hidden word that the binary knows; from source, the one file that the relay is. */
function relayRuntime(): { readonly argv: readonly string[]; readonly files: readonly string[] } {
  const program = Deno.realPathSync(Deno.execPath());
  if (Deno.build.standalone) return { argv: [program, "__relay"], files: [program] };
  const file = Deno.realPathSync(fileURLToPath(new URL("relay.ts", import.meta.url)));
  return { argv: [program, "run", "--quiet", "--no-config", "--no-lock", "-A", file], files: [program, file] };
}

function proxyVariables(token: string, port: number): ReadonlyMap<string, string> {
  const address = `http://loom:${token}@127.0.0.1:${port}`;
  const names = ["http_proxy", "https_proxy", "all_proxy"].flatMap((name) => [name, name.toUpperCase()]);
  return new Map([
    ...names.map((name) => [name, address] as const),
    ["no_proxy", ""],
    ["NO_PROXY", ""],
    ["NODE_USE_ENV_PROXY", "1"],
  ]);
}

function randomHex(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
