/**
 * Takes from a worker what no plugin needs and what loom, which shares the process, could be harmed with.
 *
 * What a plugin may read, write and reach is Deno's affair: its permissions hold whatever is left here. This is about
 * the rest: signals to the own process, flags of the engine, internals of Deno, the terminal, and code out of texts, as
 * only that could import what was not there when the plugin was looked through.
 *
 * @module
 */

/** Members of `Deno` and of `process` that work on the whole process without asking for a permission. */
const OF_DENO = ["kill", "umask", "addSignalListener", "removeSignalListener", "internal"];
const OF_PROCESS = [
  ...["abort", "binding", "chdir", "dlopen", "getBuiltinModule", "kill", "loadEnvFile", "umask", "_kill", "_rawDebug"],
];
const GLOBALS = ["BroadcastChannel", "Worker", "caches", "alert", "confirm", "prompt", "WebSocketStream"];

/** To be called once, before the plugin is there. */
export function harden() {
  for (const stream of [Deno.stdin, Deno.stdout, Deno.stderr]) stream.close();
  seal(globalThis.Worker);
  for (const name of GLOBALS) remove(globalThis, name);
  remove(Deno, Deno.internal);
  for (const name of OF_DENO) remove(Deno, name);
  refuseCodeFromText();
}

/**
 * The same for what Node has.
 *
 * @param {{ Worker: Function }} threads What `node:worker_threads` exports.
 */
export function hardenThread(threads) {
  seal(threads.Worker);
  for (const name of OF_PROCESS) remove(globalThis.process, name);
}

/**
 * A new worker would be a new beginning: nothing of this would hold in it. A class looks up at each call what it
 * extends; this one finds somebody who throws.
 */
function seal(maker) {
  Object.setPrototypeOf(maker, refused("Worker"));
  Object.freeze(maker);
}

/** Takes it from the object and from whatever it inherits it. */
function remove(owner, name) {
  for (let holder = owner; holder !== null && holder !== undefined; holder = Object.getPrototypeOf(holder)) {
    const own = Object.getOwnPropertyDescriptor(holder, name);
    if (own === undefined) continue;
    if (own.configurable) delete holder[name];
    else if (own.writable) holder[name] = undefined;
    else throw new TypeError(`Cannot remove ${String(name)}`);
  }
}

function refuseCodeFromText() {
  const maker = refused("Function");
  maker.prototype = Function.prototype;
  for (const each of [function () {}, function* () {}, async function () {}, async function* () {}]) {
    replace(Object.getPrototypeOf(each), "constructor", maker);
  }
  replace(globalThis, "Function", maker);
  replace(globalThis, "eval", refused("eval"));
  for (const name of ["setTimeout", "setInterval"]) refuseTexts(name);
}

/** The original is lost then, so it may well be replaced again. */
function replace(owner, name, value) {
  Object.defineProperty(owner, name, { value, writable: true, configurable: true, enumerable: false });
}

/** Timers take texts too. */
function refuseTexts(name) {
  const timer = globalThis[name];
  globalThis[name] = (work, ...rest) => {
    if (typeof work !== "function") throw new TypeError(`${name} takes a function`);
    return timer(work, ...rest);
  };
}

function refused(name) {
  return function () {
    throw new TypeError(`${name} is not there for plugins`);
  };
}
