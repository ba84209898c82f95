import { fault } from "./faults.js";

/** Fields of a call's arguments that stand for something which cannot be sent are found this deep. */
const MARK_DEPTH = 5;

/** One call: its signal, its credits, and what it waits for. */
export class Call {
  #message;
  #send;
  #controller = new AbortController();
  #credits;
  #waiting = [];
  #asked = new Map();
  #asks = 0;

  constructor(message, send) {
    [this.#message, this.#send, this.#credits] = [message, send, message.credits];
  }

  async run(plugin) {
    const { port, name, method, args } = this.#message;
    const provider = Object.hasOwn(plugin.provides[port] ?? {}, name) ? plugin.provides[port][name] : undefined;
    if (provider === undefined) throw fault("not-provided", `it provides no ${port} '${name}'`);
    if (!(method in provider)) throw fault("not-provided", `its ${port} '${name}' has no ${method}`);
    const member = provider[method];
    if (typeof member !== "function") return member;
    const given = port === "tool" && method === "run" ? [args[0], this.#toolContext(args[1])] : this.#unpack(args, 0);
    const value = await member.apply(provider, given);
    return typeof value?.[Symbol.asyncIterator] === "function" ? await this.#drain(value) : value;
  }

  /** Hands over a stream one by one; what it returns at the end is the result. */
  async #drain(stream) {
    const iterator = stream[Symbol.asyncIterator]();
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return value;
      while (this.#credits === 0) await new Promise((resolve) => this.#waiting.push(resolve));
      this.#controller.signal.throwIfAborted();
      this.#credits--;
      this.#send({ kind: "item", id: this.#message.id, value });
    }
  }

  more({ credits }) {
    this.#credits += credits;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  cancel() {
    this.#controller.abort();
    this.more({ credits: 1 });
  }

  answer({ ask, error, value }) {
    const asked = this.#asked.get(ask);
    this.#asked.delete(ask);
    if (error === undefined) return asked?.resolve(value);
    asked?.reject(Object.assign(new Error(error.message), error));
  }

  #ask(service, args) {
    const ask = this.#asks++;
    return new Promise((resolve, reject) => {
      this.#asked.set(ask, { resolve, reject });
      this.#send({ kind: "ask", id: this.#message.id, ask, service, args });
    });
  }

  /** Marks become what they stand for: `{ $callback: name }` a function, `{ $signal: true }` the signal. */
  #unpack(value, depth) {
    if (typeof value !== "object" || value === null || depth > MARK_DEPTH || ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value)) return value.map((item) => this.#unpack(item, depth + 1));
    if (value.$signal === true) return this.#controller.signal;
    if (this.#message.services.includes(value.$callback)) return this.#callback(value.$callback);
    const members = Object.entries(value).map(([key, member]) => [key, this.#unpack(member, depth + 1)]);
    return Object.fromEntries(members);
  }

  #callback(name) {
    return (...args) => this.#ask(name, args);
  }

  /** What a tool reaches: services by the names that `ToolContext` has for them, and what was given with the call. */
  #toolContext(given) {
    const context = { surface: "cli", workspace: {}, ...this.#unpack(given ?? {}, 0), signal: this.#controller.signal };
    for (const name of this.#message.services) {
      const [first, second, third] = name.split(".");
      if (third !== undefined) continue;
      if (second === undefined && !/^\d/.test(first)) context[first] = this.#callback(name);
      else if (first === "workspace") context.workspace[second] = this.#callback(name);
    }
    return context;
  }
}
