import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal } from "node:assert/strict";
import type { LoomError } from "../../../../core/errors.ts";
import type { PluginCallOptions } from "../../../../core/ports/plugin.ts";
import { CallDesk, type PluginNotice } from "./desk.ts";
import { CREDITS, MAX_ASKS, MAX_STRAYS } from "./limits.ts";
import type { ToPlugin } from "./messages.ts";

const call = { port: "tool", name: "it", method: "run", args: [] } as const;

/** A desk, the plugin's side of which is a list. */
class Setting {
  readonly sent: ToPlugin[] = [];
  readonly notices: PluginNotice[] = [];
  breach: LoomError | undefined;
  readonly desk = new CallDesk({
    plugin: "p",
    send: (message) => this.sent.push(message),
    breach: (error) => {
      this.breach ??= error;
      this.desk.fail(error);
    },
  }, (notice) => this.notices.push(notice));

  /** Of the error that it was ended for. */
  get code(): string | undefined {
    return this.breach?.code;
  }

  hear(data: unknown): void {
    const message = this.desk.read(data);
    if (message !== undefined) this.desk.take(message);
  }

  call(options: PluginCallOptions = {}): Promise<unknown> {
    const result = this.desk.call(call, options);
    // Whoever looks at it may come late.
    result.catch(() => {});
    return result;
  }

  async answers(): Promise<readonly unknown[]> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    return this.sent.filter((it) => it.kind === "answer").map((it) => "error" in it ? it.error.code : it.value);
  }
}

Deno.test("CallDesk answers for services that the call was given, and for no others", async () => {
  const setting = new Setting();
  setting.call({ services: { "workspace.readFile": (path: string) => `content of ${path}` } });
  const names = ["workspace.readFile", "workspace.writeFile", "constructor", "__proto__", "toString", ""];
  for (const [ask, service] of names.entries()) setting.hear({ kind: "ask", id: 0, ask, service, args: ["a"] });
  const unknown = Array.from({ length: 5 }, () => "unknown-service");
  deepEqual((await setting.answers()).toSorted(), ["content of a", ...unknown]);
  setting.desk.fail(new Error("over") as LoomError);
});

Deno.test("CallDesk ends a plugin that asks without waiting", () => {
  const setting = new Setting();
  setting.call({ services: { slow: () => new Promise(() => {}) } });
  for (let ask = 0; ask < MAX_ASKS; ask++) setting.hear({ kind: "ask", id: 0, ask, service: "slow", args: [] });
  equal(setting.code, undefined);
  setting.hear({ kind: "ask", id: 0, ask: MAX_ASKS, service: "slow", args: [] });
  equal(setting.code, "plugin-too-much");
});

Deno.test("CallDesk ends a plugin that sends more items than it has credits for", async () => {
  const setting = new Setting();
  const result = setting.call({ onItem: () => {} });
  for (let i = 0; i < CREDITS; i++) setting.hear({ kind: "item", id: 0, value: i });
  equal(setting.code, undefined);
  setting.hear({ kind: "item", id: 0, value: CREDITS });
  await rejects(result, { code: "plugin-too-much" });
});

Deno.test("CallDesk ignores and records messages about calls that nobody made, up to a limit", () => {
  const setting = new Setting();
  for (let id = 0; id < MAX_STRAYS; id++) setting.hear({ kind: "result", id, value: 1 });
  deepEqual(setting.notices[7], { kind: "stray", about: "result", id: 7 });
  equal(setting.code, undefined);
  setting.hear({ kind: "result", id: 1, value: 1 });
  equal(setting.code, "plugin-too-much");
});

Deno.test("CallDesk takes what is still under way after it gave a call up", async () => {
  const setting = new Setting();
  const result = setting.call({ onItem: () => Promise.reject(new RangeError("enough")) });
  for (let i = 0; i < 200; i++) setting.hear({ kind: "item", id: 0, value: i });
  await rejects(result, { name: "RangeError" });
  for (let i = 0; i < 50; i++) setting.hear({ kind: "item", id: 0, value: i });
  setting.hear({ kind: "failed", id: 0, error: { name: "AbortError", message: "stopped" } });
  deepEqual([setting.code, setting.notices], [undefined, []]);
  setting.hear({ kind: "item", id: 0, value: 1 });
  equal(setting.notices.length, 1);
});

Deno.test("CallDesk ends a plugin whose message is none", () => {
  const bad: readonly unknown[] = [
    null,
    1,
    "result",
    [],
    {},
    { kind: "exec" },
    { kind: "result" },
    { kind: "result", id: -1, value: 1 },
    { kind: "result", id: 0.5, value: 1 },
    { kind: "result", id: "0", value: 1 },
    { kind: "result", id: 0, value: 1, more: 1 },
    { kind: "failed", id: 0, error: "no" },
    { kind: "failed", id: 0, error: { name: "E", message: "x".repeat(5_000) } },
    { kind: "ask", id: 0, ask: 0, service: "s", args: "a" },
    { kind: "said", text: 1 },
    new Map([["kind", "result"]]),
  ];
  for (const message of bad) {
    const setting = new Setting();
    setting.call();
    setting.hear(message);
    equal(setting.code, "plugin-broke-contract", JSON.stringify(message));
    match(setting.breach!.message, /^Plugin p broke its contract: a message that is none/);
  }
});
