import { rejects, strictEqual as equal } from "node:assert/strict";
import { dirname } from "node:path";
import type { PluginManifest } from "../../core/ports/plugin.ts";
import { loadProcessPlugin } from "../../plugins/host/plugins/runtime/mod.ts";
import { realPython } from "../support/cli.ts";
import { sandboxesHere } from "../support/held.ts";
import { pluginRuntimeContract } from "./plugin_runtime_contract.ts";

/** A plugin in Python that needs nothing but Python: threads for calls, a lock for the lines. */
const ABLE = `
import itertools, json, os, sys, threading

lock, ids = threading.Lock(), itertools.count()
asked, aborted, credits, sent = {}, {}, {}, [0]

def say(**message):
    with lock:
        print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)

def ask(call, mark, *args):
    answered, id = threading.Event(), f"s{next(ids)}"
    asked[id] = entry = [answered, None]
    say(id=id, method="service", params={"call": call, "service": mark["$callback"], "args": args})
    answered.wait()
    return entry[1]

class NoGood(Exception):
    pass

def count(call, n):
    for sent[0] in range(n):
        while not credits[call].acquire(timeout=0.5): pass
        say(method="item", params={"call": call, "value": sent[0]})
    return "done"

def fail(call):
    raise NoGood()

def wait(call, signal, ready):
    ask(call, ready)
    aborted[call].wait()
    return "stopped"

def sleep(call, ready=None):
    if ready: ask(call, ready)
    threading.Event().wait()

def wrong(call, mark):
    error = ask(call, mark)["error"]
    return error["data"]["code"] + ": " + error["message"]

METHODS = {
    "fact": lambda call: "a fact",
    "echo": lambda call, value: value,
    "count": count,
    "sent": lambda call: sent[0],
    "ask": lambda call, *args: ask(call, *args)["result"],
    "askWrong": wrong,
    "fail": fail,
    "wait": wait,
    "sleep": sleep,
    "leave": lambda call: os._exit(3),
}

def run(id, params):
    try:
        say(id=id, result=METHODS[params["method"]](id, *params["args"]))
    except NoGood:
        say(id=id, error={"code": 1, "message": "no good", "data": {"name": "TypeError", "code": "E_NO"}})
    except Exception as error:
        say(id=id, error={"code": 1, "message": repr(error)})

for line in sys.stdin:
    message = json.loads(line)
    id, params = message.get("id"), message.get("params", {})
    method = message.get("method")
    if method == "start":
        say(id=id, result={"name": "able", "version": "1.0.0", "api": 1, "provides": {"mlops": ["it"]}})
    elif method == "call":
        aborted[id], credits[id] = threading.Event(), threading.Semaphore(params["credits"])
        threading.Thread(target=run, args=(id, params), daemon=True).start()
    elif method == "cancel":
        aborted[params["call"]].set()
    elif method == "more":
        credits[params["call"]].release(params["credits"])
    else:
        answered, _ = asked[id]
        asked.pop(id)[1] = message
        answered.set()
`;

const manifest: PluginManifest = { name: "able", version: "1.0.0", api: 1, permissions: {} };

function inPython(script: string) {
  return loadProcessPlugin({
    sandboxes: sandboxesHere(),
    manifest,
    provides: { mlops: ["it"] },
    argv: [realPython, "-I", "-c", script],
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
    policy: {
      actor: "plugin able 1.0.0",
      action: "run",
      tier: "read-only",
      read: [dirname(dirname(realPython))],
      write: [],
      hosts: [],
      programs: [realPython],
      variables: ["PATH"],
    },
  });
}

pluginRuntimeContract("loadProcessPlugin()", () => inPython(ABLE));

const call = { port: "mlops", name: "it", method: "echo", args: [1] } as const;

Deno.test("loadProcessPlugin() ends a program that prints what is no message", async () => {
  const start =
    `print('{"jsonrpc":"2.0","id":"start","result":{"name":"able","version":"1.0.0","api":1,"provides":{"mlops":["it"]}}}', flush=True)`;
  const lines: Readonly<Record<string, string>> = {
    "no JSON": `print("Hello!", flush=True)`,
    "no message of ours": `print('{"jsonrpc":"2.0","method":"exec","params":{}}', flush=True)`,
    "more than it says": `print('{"jsonrpc":"2.0","id":0,"result":1,"more":2}', flush=True)`,
    "bytes that are none": `print('{"jsonrpc":"2.0","id":0,"result":{"$bytes":"?"}}', flush=True)`,
  };
  for (const [name, line] of Object.entries(lines)) {
    const plugin = inPython(`import time\n${start}\ninput(); input()\n${line}\ntime.sleep(60)`);
    await rejects(() => plugin.call(call), { code: "plugin-broke-contract" }, name);
    await plugin.close();
  }
});

Deno.test("loadProcessPlugin() ends a program that prints a line without end", async () => {
  const plugin = inPython(`import sys\nwhile True: sys.stdout.write("x" * 100_000)`);
  await rejects(() => plugin.call(call), { code: "plugin-too-much" });
  await plugin.close();
});

Deno.test("loadProcessPlugin() says how a program ended that never was a plugin", async () => {
  const plugin = inPython("raise SystemExit(7)");
  await rejects(() => plugin.call(call), { code: "plugin-crashed", message: /exited with code 7/ });
  equal(plugin.manifest.name, "able");
  await plugin.close();
});
