/**
 * Plugins that mean harm, as data: what they try, and what has to come of it. Run in this process and in a binary.
 *
 * @module
 */

/** Texts put before a plugin's methods. `attempt` says what came of something that must not work. */
const PRELUDE = `
const attempt = async (work) => {
  try { return "GOT " + String(await work()).slice(0, 200); } catch (error) { return "no"; }
};
`;

/** The module of a plugin `bad` with these methods, and what else stands in it. */
export function hostileModule(methods: string, rest = ""): string {
  const manifest = `name: "bad", version: "1.0.0", api: 1, permissions: {}`;
  return `${PRELUDE}${rest}\nexport default { ${manifest}, provides: { tool: { it: { ${methods} } } } };\n`;
}

/** Expressions that must throw. `CANARY` is a variable of loom's; `PORT` is one that somebody listens on. */
export const ATTEMPTS: Readonly<Record<string, string>> = {
  "reads a file": `Deno.readTextFileSync("/etc/passwd")`,
  "reads itself as Linux shows it": `Deno.readTextFileSync("/proc/self/environ")`,
  "lists a folder": `[...Deno.readDirSync("/")].length`,
  "writes a file": `Deno.writeTextFileSync("/tmp/loom-escaped", "x")`,
  "makes a temporary file": `Deno.makeTempFileSync()`,
  "makes a link": `Deno.symlinkSync("/etc/passwd", "/tmp/loom-escaped-link")`,
  "fetches": `fetch("http://127.0.0.1:PORT/").then((it) => it.text())`,
  "fetches a file": `fetch("file:///etc/passwd").then((it) => it.text())`,
  "connects": `Deno.connect({ hostname: "127.0.0.1", port: PORT }).then(() => "connected")`,
  "connects to a socket": `Deno.connect({ transport: "unix", path: "/tmp/loom-no-socket" }).then(() => "connected")`,
  "opens a web socket":
    `new Promise((yes, no) => { const s = new WebSocket("ws://127.0.0.1:PORT"); s.onopen = yes; s.onerror = no; })`,
  "listens": `Deno.listen({ port: 0 }).addr.port`,
  "asks for an address": `Deno.resolveDns("localhost", "A")`,
  "starts a program": `new Deno.Command("id").outputSync().success`,
  "loads a library": `Deno.dlopen("libc.so.6", {})`,
  "reads a variable": `Deno.env.get("CANARY")`,
  "reads all variables": `JSON.stringify(Deno.env.toObject())`,
  "sets a variable": `Deno.env.set("LOOM_ESCAPED", "1")`,
  "reads a variable of the process": `process.env.CANARY.length`,
  "asks for the name of the machine": `Deno.hostname()`,
  "asks for a right":
    `Deno.permissions.request({ name: "read" }).then((it) => { if (it.state !== "granted") throw it; })`,
  "changes the folder": `Deno.chdir("/")`,
  "changes the mask of files": `Deno.umask(0)`,
  "sends a signal to loom": `Deno.kill(Deno.pid, "SIGKILL")`,
  "sends a signal by the process": `process.kill(process.pid, "SIGKILL")`,
  "aborts": `process.abort()`,
  "takes signals away": `Deno.addSignalListener("SIGINT", () => {})`,
  "reaches the insides of Deno": `Deno[Deno.internal].core.ops`,
  "finds the insides of Deno": `Object.getOwnPropertySymbols(Deno).map((it) => Deno[it].core.ops)[0].length`,
  "asks for a module of Node's": `process.getBuiltinModule("node:process").kill`,
  "asks for a binding": `process.binding("fs").open`,
  "starts a worker": `new Worker("data:text/javascript,0", { type: "module" })`,
  "talks to other workers": `new BroadcastChannel("loom")`,
  "keeps something": `caches.open("loom")`,
  "keeps something for ever": `localStorage.setItem("a", "b")`,
  "keeps something in a store": `Deno.openKv()`,
  "writes on the terminal": `Deno.stdout.writeSync(new TextEncoder().encode("ESCAPED"))`,
  "writes errors on the terminal": `Deno.stderr.writeSync(new TextEncoder().encode("ESCAPED"))`,
  "reads from the terminal": `Deno.stdin.readSync(new Uint8Array(1))`,
  "asks the person": `prompt("ESCAPED password?").length`,
  "makes code of a text": `eval("1")`,
  "makes code of a text, indirectly": `(0, eval)("1")`,
  "makes a function of a text": `new Function("return 1")()`,
  "makes a function of a text, by a function": `(() => {}).constructor("return 1")()`,
  "makes a function of a text, that waits": `(async () => {}).constructor("return 1")()`,
  "makes a function of a text, that yields": `(function* () {}).constructor("yield 1")().next()`,
  "makes a function of a text, by what is bound": `[].at.bind([]).constructor("return 1")()`,
  "makes a timer of a text": `setTimeout("globalThis.done = 1", 0)`,
  "requires": `require("node:fs").readFileSync("/etc/passwd")`,
  "imports by WebAssembly": `WebAssembly.instantiate(Uint8Array.from(WASM), { process }).then(() => "made")`,
};

/** A module of WebAssembly that wants a function `a.b`, which nobody gives it. */
const WASM = "[0,97,115,109,1,0,0,0,1,4,1,96,0,0,2,7,1,1,97,1,98,0,0]";

/** The module that tries all of them, by number. */
export function attemptsModule(port: number): string {
  const methods = Object.values(ATTEMPTS).map((text, at) => {
    const filled = text.replaceAll("PORT", String(port)).replaceAll("WASM", WASM);
    return `a${at}: () => attempt(async () => (${filled}))`;
  });
  return hostileModule(methods.join(",\n"));
}

/** Imports that the module must not even be started with. */
export const IMPORTS: Readonly<Record<string, string>> = {
  "a file": `import it from "file:///etc/passwd" with { type: "text" };`,
  "a package": `import it from "npm:left-pad@1.3.0";`,
  "an address": `import it from "https://example.org/it.js";`,
  "data": `import it from "data:text/javascript,export default 1";`,
  "a literal, later": `const it = await import("file:///etc/passwd");`,
  "what it computes": `const it = await import("npm:" + "left-pad");`,
  "a blob": `const it = await import(URL.createObjectURL(new Blob(["export default 1"])));`,
  "a module that starts programs": `import { spawn } from "node:child_process";`,
  "a module that starts workers": `import { Worker } from "node:worker_threads";`,
};

/** What a plugin that nobody looked through would import, and must not get for want of rights. */
export const UNSEEN_IMPORTS: Readonly<Record<string, string>> = {
  "a file": `import("file:///etc/passwd", { with: { type: "text" } })`,
  "a file, by what it computes": `import("file:///etc/" + "passwd", { with: { type: "json" } })`,
  "a file, by data":
    `import("data:text/javascript," + encodeURIComponent('export { default } from "file:///etc/hosts"'))`,
  "an address": `import("https://127.0.0.1:1/it.js")`,
};

/** Gets hold of the port that messages go through: the event that brings one names it. */
export const TAKE_PORT = `
const data = new WeakMap();
let port;
Object.defineProperty(MessageEvent.prototype, "data", {
  get() { port = this.target; return data.get(this); },
  set(value) { data.set(this, value); },
});
`;

/** One thing a plugin does to the call itself. */
export interface Misdeed {
  /** Body of an asynchronous method that is called with `{ id }`. */
  readonly body: string;
  /** Code of the error that the call has to fail with. */
  readonly code: string | RegExp;
  readonly timeoutMs?: number;
  /** Whether it takes so much memory that nobody should run beside it. */
  readonly alone?: boolean;
  /** Stands before the method. */
  readonly rest?: string;
}

const fill = `const all = []; for (;;) all.push({ a: all.length, b: [1, 2, 3] });`;

/** What ends a call. The next one has to work. */
export const MISDEEDS: Readonly<Record<string, Misdeed>> = {
  "throws": { body: `throw new TypeError("no")`, code: "plugin-failed" },
  "throws what throws": { body: `throw { get message() { throw 1 } }`, code: "plugin-failed" },
  "returns a function": { body: `return () => {}`, code: "plugin-broke-contract" },
  "leaves": { body: `Deno.exit(0)`, code: "plugin-crashed" },
  "leaves by the process": { body: `process.exit(0)`, code: "plugin-crashed" },
  "throws later": {
    body: `setTimeout(() => { throw new Error("later") }, 0); await new Promise(() => {})`,
    code: "plugin-crashed",
  },
  "rejects what nobody hears": {
    body: `Promise.reject(new Error("unheard")); await new Promise(() => {})`,
    code: "plugin-crashed",
  },
  "never yields": { body: `for (;;);`, code: "plugin-timeout", timeoutMs: 200 },
  "sleeps for ever": {
    body: `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`,
    code: "plugin-timeout",
    timeoutMs: 200,
  },
  "never answers": { body: `await new Promise(() => {})`, code: "plugin-timeout", timeoutMs: 200 },
  "fills its heap": { alone: true, body: fill, code: "plugin-crashed" },
  "fills its heap later": {
    alone: true,
    body: `await new Promise((next) => setTimeout(next, 1)); ${fill}`,
    code: "plugin-crashed",
  },
  "takes buffers without end": {
    alone: true,
    body: `const [all, wait] = [[], new Int32Array(new SharedArrayBuffer(4))];
      for (;;) { all.push(new Uint8Array(5e6).fill(1)); Atomics.wait(wait, 0, 0, 5); }`,
    code: "plugin-crashed",
  },
  "returns too much": { body: `return new Uint8Array(2 ** 26)`, code: "plugin-too-much" },
  "returns a text that is too long": { body: `return "x".repeat(2 ** 26)`, code: "plugin-too-much" },
  "returns a circle": { body: `const it = []; it.push(it); return it`, code: "plugin-too-much" },
  "sends a gigabyte": {
    alone: true,
    rest: TAKE_PORT,
    body: `port.postMessage({ kind: "result", id, value: new ArrayBuffer(2 ** 30) }); await new Promise(() => {})`,
    // By its size, or before it is there by the memory that it takes.
    code: /plugin-too-much|plugin-crashed/,
  },
  "sends what is no message": {
    rest: TAKE_PORT,
    body: `port.postMessage({ kind: "result", id, value: 1, more: 2 }); await new Promise(() => {})`,
    code: "plugin-broke-contract",
  },
  "sends a message of another kind": {
    rest: TAKE_PORT,
    body: `port.postMessage(null); await new Promise(() => {})`,
    code: "plugin-broke-contract",
  },
  "sends a million messages": {
    rest: TAKE_PORT,
    body: `for (let i = 0; i < 1e6; i++) port.postMessage({ kind: "item", id, value: i }); await new Promise(() => {})`,
    code: "plugin-too-much",
  },
  "answers a million calls that nobody made": {
    rest: TAKE_PORT,
    body: `for (let i = 0; i < 1e6; i++) port.postMessage({ kind: "result", id: 7 + i, value: i });
      await new Promise(() => {})`,
    code: "plugin-too-much",
  },
  "prints without end": {
    body: `for (let i = 0; i < 1e6; i++) console.log("line"); await new Promise(() => {})`,
    code: "plugin-too-much",
  },
};
