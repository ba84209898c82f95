import { AsyncLocalStorage } from "node:async_hooks";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { LoopHost, OpenedStore, StoreWish } from "../../../core/ports/loop_host.ts";
import type { LoopStore, StateTools } from "../../../core/ports/loop_store.ts";
import { hostClock } from "../machine/clock.ts";
import { hostRandom } from "../machine/random.ts";
import { projectOf } from "../store/project.ts";
import { isAlive, ownProcessStart } from "../subprocess/process_info.ts";
import { onInterrupt } from "./interrupt.ts";
import { type Durability, memoryStore, projectLoops, sqliteStore } from "./sqlite.ts";

/** Digests and compression of states. */
export const hostStateTools: StateTools = {
  sha256: (text) => createHash("sha256").update(text).digest("hex"),
  deflate: (text) => deflateRawSync(text),
  inflate: (bytes) => Buffer.from(inflateRawSync(bytes)).toString("utf8"),
};

/** A store that several runs use at once is opened once, and closed after the last of them. */
const inUse = new Map<string, { readonly store: LoopStore; users: number }>();

/** What loops need of this machine. */
export function hostLoops(): LoopHost {
  const scope = new AsyncLocalStorage<unknown>();
  let self: { pid: number; host: string; processStart: string } | undefined;
  return {
    clock: hostClock,
    random: hostRandom,
    tools: hostStateTools,
    get self() {
      return self ??= { pid: Deno.pid, host: Deno.hostname(), processStart: ownProcessStart() };
    },
    isAlive,
    scope: {
      run: <T>(value: unknown, work: () => T): T => scope.run(value, work),
      get: () => scope.getStore(),
    },
    openStore,
    onInterrupt,
    report: (message: string) => console.error(`loom: ${message}`),
  };
}

function openStore({ checkpoint, durability }: StoreWish): OpenedStore {
  const place = checkpoint === "sqlite" ? projectHere() : checkpoint;
  const key = `${durability} ${place}`;
  const entry = inUse.get(key) ?? { store: open(checkpoint, place, durability), users: 0 };
  entry.users++;
  inUse.set(key, entry);
  return { store: entry.store, giveBack: () => giveBack(key, entry) };
}

function projectHere(): string {
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE");
  return projectOf(Deno.cwd(), { home, userState: Deno.env.get("LOOM_HOME") });
}

function open(checkpoint: string, place: string, durability: Durability): LoopStore {
  if (checkpoint === "memory") return memoryStore();
  return checkpoint === "sqlite" ? projectLoops(place, { durability }) : sqliteStore(place, { durability });
}

/** What is in memory stays for whoever resumes it; files are closed. */
function giveBack(key: string, entry: { readonly store: LoopStore; users: number }): void {
  if (--entry.users > 0 || entry.store.place === "memory") return;
  inUse.delete(key);
  entry.store.close();
}
