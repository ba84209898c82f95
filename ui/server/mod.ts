/**
 * The server of `loom ui`: a page, and what it asks for, on this machine only.
 *
 * @module
 */

import type { Context } from "../../core/context.ts";
import { setUp } from "../../core/errors.ts";
import { Screen } from "../../core/run/screen/mod.ts";
import type { Watcher } from "../../core/ports/watch.ts";
import { makeApp } from "./app.ts";
import { Elsewhere } from "./live/elsewhere.ts";
import { Hub } from "./live/hub.ts";
import { Runs } from "./live/runs.ts";
import { Watching } from "./live/watch.ts";
import type { Assets, LookDoor, ServerEngine } from "./parts/parts.ts";
import type { Place } from "./base/place.ts";
import { brieflyTrusted, type TrustStore } from "./parts/trust.ts";

export type { Assets, LookDoor, ServerEngine } from "./parts/parts.ts";
export type { Place } from "./base/place.ts";
export type { TrustStore } from "./parts/trust.ts";

/** What to serve, and where. */
export interface ServeOptions {
  readonly context: Context;
  readonly engine: ServerEngine;
  readonly place: Place;
  readonly assets: Assets;
  readonly version: string;
  /** Loops and pictures, for looking back. */
  readonly look?: LookDoor;
  /** Folders from which something may be run; without it what is allowed is forgotten at the end. */
  readonly trust?: TrustStore;
  /** Tells of changes on the disk; without it they are looked for. */
  readonly watcher?: Watcher;
  /** Address to listen on; 127.0.0.1 unless given. */
  readonly hostname?: string;
  /** 0: one that is free. */
  readonly port?: number;
}

/** A server that listens. */
export interface Serving {
  /** What to open: with the token behind the `#`, which no browser sends anywhere. */
  readonly url: string;
  /** Ends its runs, then itself. */
  close(): Promise<void>;
}

/**
 * Starts the server.
 *
 * @throws {LoomError} `port-taken`.
 */
export function serve(options: ServeOptions): Serving {
  const { context, engine, hostname = "127.0.0.1" } = options;
  const hub = new Hub(context.random.hex(12));
  const screen = new Screen({ columns: 120, rows: 30 });
  const runs = new Runs({ run: engine.runPipeline, context, hub, screen });
  const token = context.random.hex(64);
  const hosts = new Set<string>();
  const { trust = brieflyTrusted(), watcher, place } = options;
  const elsewhere = new Elsewhere({ context, hub, root: place.root, runs });
  const isBusy = (file: string) => runs.live(file).length > 0;
  const watching = new Watching({ context, watcher, hub, place, isBusy, elsewhere });
  const app = makeApp({ ...options, hub, runs, screen, trust, watching, elsewhere }, {
    token,
    hosts: () => hosts,
    assets: options.assets,
  });
  const server = listen(options.port ?? 0, hostname, app.fetch);
  const { port } = server.addr;
  for (const name of [hostname, "127.0.0.1", "localhost"]) hosts.add(`${name}:${port}`);
  const close = async () => {
    await watching.close();
    await runs.close();
    // Pages that listen would keep it open for as long as they like.
    hub.close();
    await server.shutdown();
  };
  return { url: `http://${hostname}:${port}/#token=${token}`, close };
}

function listen(port: number, hostname: string, handler: (request: Request) => Response | Promise<Response>) {
  try {
    return Deno.serve({ port, hostname, onListen: () => {} }, handler);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw setUp("port-taken", `Port ${port} of ${hostname} is taken`, "name another one with --port, or none");
  }
}
