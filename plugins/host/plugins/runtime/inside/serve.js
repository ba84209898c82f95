/**
 * What runs beside a plugin in its thread: takes calls, hands them to it, and sends back what becomes of them.
 *
 * Nothing here is relied upon by loom: the plugin shares this realm and may do to it what it likes. Whatever is sent is
 * looked at again where it arrives.
 *
 * @module
 */

import { Call } from "./call.js";
import { described, fault, MAX_TEXT } from "./faults.js";
import { harden, hardenThread } from "./harden.js";
import { weigh } from "./weigh.js";

/** As `limits.ts` has it. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** How often the heap is looked at. */
const HEAP_LOOK_MS = 100;

/** Loads the plugin and answers on `port` from then on. */
export async function serve({ port, code, url, variables, heapMb }) {
  const post = port.postMessage.bind(port);
  const isOwn = heapMb === undefined;
  const desk = new Desk(post);
  listenForFaults(post);
  if (isOwn) sayWhenItLeaves(post);
  else await becomeThread(post, variables);
  harden();
  globalThis.console = quietConsole(post);
  try {
    desk.plugin = (await import(url ?? textUrl(code))).default;
    post({ kind: "ready", claims: claimsOf(desk.plugin) });
  } catch (error) {
    post({ kind: "refused", error: described(error) });
  }
  port.onmessage = ({ data }) => desk.take(data);
}

/** Not of a blob: those cannot be imported in a binary. */
function textUrl(code) {
  return `data:text/javascript;base64,${new TextEncoder().encode(code).toBase64()}`;
}

/**
 * When the heap is full, Deno raises its limit and throws out of whatever runs. That ends the thread if a timer ran; out
 * of anything that was waited for it is lost, and the thread lies idle.
 */
async function watchHeap(post) {
  const { getHeapStatistics } = await import("node:v8");
  const limit = getHeapStatistics().heap_size_limit;
  const timer = setInterval(() => {
    if (getHeapStatistics().heap_size_limit > limit) post({ kind: "full" });
  }, HEAP_LOOK_MS);
  timer.unref?.();
}

/** What only a thread needs: loom's own plugins start the sooner without what Node has. */
async function becomeThread(post, variables) {
  const { process } = globalThis;
  const fault = (error) => post({ kind: "fault", error: described(error) });
  for (const name of ["uncaughtException", "unhandledRejection"]) process.on(name, fault);
  await watchHeap(post);
  hardenThread(await import("node:worker_threads"));
  Object.defineProperty(process, "env", { value: { ...variables }, configurable: true });
}

/** A thread that ends is seen by its keeper. A worker that ends is seen by nobody. */
function sayWhenItLeaves(post) {
  const leave = () => {
    post({ kind: "left" });
    throw new Error("it left");
  };
  [Deno.exit, globalThis.close] = [leave, leave];
}

/** Without these, Deno would write about it on the person's terminal. */
function listenForFaults(post) {
  const listen = (name, errorOf) =>
    globalThis.addEventListener?.(name, (event) => {
      event.preventDefault();
      post({ kind: "fault", error: described(errorOf(event)) });
    });
  listen("error", (event) => event.error);
  listen("unhandledrejection", (event) => event.reason);
}

function claimsOf(plugin) {
  if (typeof plugin !== "object" || plugin === null) throw new TypeError("its default export is no plugin");
  const { name, version, api, provides } = plugin;
  const names = Object.entries(provides ?? {}).map(([port, made]) => [port, Object.keys(made ?? {})]);
  return { name, version, api, provides: Object.fromEntries(names) };
}

/** What a plugin prints is for its author; it goes to loom, which may show it. */
function quietConsole(post) {
  const write = (...words) => post({ kind: "said", text: words.map(textOf).join(" ").slice(0, MAX_TEXT) });
  const silent = () => {};
  return new Proxy({}, {
    get: (_, name) => ["log", "info", "warn", "error", "debug"].includes(name) ? write : silent,
  });
}

function textOf(value) {
  try {
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  } catch {
    // Circles, and whatever else has no text: there is nobody to tell.
    return "[object]";
  }
}

/** Calls in progress. */
class Desk {
  plugin;
  #post;
  #calls = new Map();

  constructor(post) {
    this.#post = post;
  }

  take(message) {
    if (message.kind === "call") return this.#run(message, new Call(message, (out) => this.#send(out)));
    if (message.kind === "size") return this.#post({ kind: "size", bytes: heapBytes() });
    this.#calls.get(message.id)?.[message.kind](message);
  }

  async #run(message, call) {
    this.#calls.set(message.id, call);
    try {
      this.#send({ kind: "result", id: message.id, value: await call.run(this.plugin) });
    } catch (error) {
      this.#post({ kind: "failed", id: message.id, error: described(error) });
    } finally {
      this.#calls.delete(message.id);
    }
  }

  /** Throws where the plugin's mistake is, not where it would arrive. */
  #send(message) {
    if (weigh(message, MAX_MESSAGE_BYTES) === Infinity) {
      throw fault("too-much", `a message of more than ${MAX_MESSAGE_BYTES} bytes`);
    }
    try {
      this.#post(message);
    } catch (cause) {
      throw fault("not-data", `what is no data cannot leave it: ${cause?.message}`);
    }
  }
}

function heapBytes() {
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}
