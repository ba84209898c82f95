import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { inBrowser } from "../support/browser.ts";

/** Starts a program of its own, says who they are, and goes on for as long as it is let. */
const SLOW = `import os, shutil, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("pids", os.getpid(), child.pid, flush=True)
print("size", *shutil.get_terminal_size(), sys.argv[1:], flush=True)
for i in range(6000):
    print(f"line {i}", flush=True)
    print(f"\\r{i}%", end="", flush=True)
    if i == 40:
        while not os.path.exists("go"):
            time.sleep(0.02)
        print("went on", flush=True)
        if open("go").read() == "end":
            sys.exit(0)
    time.sleep(0.001 if i < 40 else 0.05)
`;

const FILES = {
  "slow.py": SLOW,
  "pipeline.yml": `parameters: {lr: 0.1, tag: a}
pipeline:
  - {name: a slow step, task: slow.py, args: {--lr: $lr, --tag: $tag}}
`,
};

/** What the terminal shows, also above and below what is seen. */
function lines(page: Page): Promise<string> {
  return page.locator(".xterm-rows").innerText();
}

function post(page: Page, path: string, body: unknown) {
  return page.evaluate(async ([path, body]) => {
    const headers = {
      authorization: `Bearer ${sessionStorage.getItem("loom-token")}`,
      "content-type": "application/json",
    };
    return await (await fetch(path, { method: "POST", headers, body })).json();
  }, [path, JSON.stringify(body)]);
}

async function seen(page: Page, text: string): Promise<void> {
  await page.locator(".xterm-rows", { hasText: text }).waitFor();
}

/** Searches what the terminal holds. */
async function find(page: Page, text: string): Promise<void> {
  const field = page.getByRole("searchbox", { name: /Search the output/ });
  await field.fill(text);
  await page.locator(".xterm-rows > div").nth(2).waitFor();
  await field.press("Enter");
  await seen(page, text);
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test("output comes as it is written, a run outlives its tab, and ending it leaves no process", () =>
  inBrowser(FILES, async ({ page, url, project, picture }) => {
    await post(page, "/api/trust", { allow: true });
    const told = page.waitForResponse((response) => response.url().endsWith("/api/screen"));
    await page.getByRole("separator", { name: "Height of the output" }).press("End");
    const { columns, rows } = (await told).request().postDataJSON();
    // What is a text in the file stays one, also where it looks like a number.
    await page.getByRole("button", { name: "Run options" }).click();
    await page.locator(".drop").getByLabel("tag").fill("007");
    await page.getByRole("button", { name: "Run all" }).click();
    // A bar that is not ended is drawn in its place, also among what all write.
    await seen(page, "40%");
    match((await lines(page)).trimEnd(), /\[a slow step\] 40%$/);
    await seen(page, "line 40");
    await page.getByRole("tab", { name: "a slow step" }).click();
    await seen(page, "line 40");
    await picture("run-output");
    const context = page.context();
    const pid = /pids (\d+) (\d+)/;

    // The tab is closed; nobody looks, and it goes on.
    const later = await context.newPage();
    await page.goto("about:blank");
    await project.write({ go: "on" });
    await later.goto(url);
    await later.getByRole("tab", { name: "a slow step" }).click();
    // All of it is there: what was written while nobody looked, and the beginning too.
    await later.getByRole("checkbox", { name: "Follow" }).uncheck();
    await find(later, "went on");
    await find(later, `size ${columns} ${rows} ['--lr', '0.1', '--tag', '007']`);
    await find(later, "pids");
    const pids = pid.exec(await lines(later))!.slice(1).map(Number);
    ok(pids.every(isAlive));
    await later.getByRole("tab", { name: "Timeline" }).click();
    await later.getByRole("button", { name: /a slow step: running/ }).waitFor();
    // Another one waits, until the person thinks better of it.
    await post(later, "/api/runs", { path: "pipeline.yml", wait: true });
    const waits = later.locator(".toolbar .waits", { hasText: "Waiting for another run" });
    await waits.getByRole("button", { name: "Cancel waiting" }).click();
    await waits.waitFor({ state: "detached" });
    await later.getByRole("button", { name: "Cancel this run" }).click();
    await later.getByRole("button", { name: /a slow step: cancelled/ }).waitFor();
    await later.locator(".shown-run", { hasText: "cancelled" }).waitFor();
    for (const pid of pids) ok(!isAlive(pid), `process ${pid} is still there`);

    // Another one, with another parameter, and what changed between them.
    await project.write({ go: "end" });
    await post(later, "/api/runs", { path: "pipeline.yml", set: { lr: "0.5" } });
    await later.locator(".shown-run", { hasText: "done" }).waitFor();
    await later.getByRole("tab", { name: "Steps" }).click();
    await later.getByRole("row", { name: /a slow step/ }).getByText("done").waitFor();
    await later.getByRole("tab", { name: "History" }).click();
    const boxes = later.getByRole("checkbox", { name: /Compare run/ });
    await boxes.nth(1).waitFor();
    await later.getByText("lr 0.1 → 0.5").waitFor();
    for (const at of [0, 1]) await boxes.nth(at).check();
    await later.getByRole("button", { name: "Compare the two" }).click();
    await later.getByRole("row", { name: /lr 0.1 0.5/ }).first().waitFor();
    // The old run is opened again: what it wrote is read from its log.
    await later.reload();
    await later.getByRole("tab", { name: "History" }).click();
    await later.locator(".history-view tbody tr").nth(1).locator(".link-button").click();
    await later.locator(".shown-run", { hasText: "cancelled" }).waitFor();
    await later.getByRole("tab", { name: "Output" }).click();
    await later.getByRole("checkbox", { name: "Follow" }).uncheck();
    await find(later, "pids");
  }));

/** A page of another origin that tries what pages can. */
const EVIL = `<!doctype html><meta charset="utf-8"><title>evil</title><script>
const address = new URLSearchParams(location.search).get("address");
const tries = {
  read: async () => (await fetch(address + "/api/session")).status,
  cookies: async () => (await fetch(address + "/api/session", { credentials: "include" })).status,
  index: async () => (await fetch(address + "/")).status,
  blind: async () => (await fetch(address + "/api/runs", { method: "POST", mode: "no-cors", credentials: "include",
    body: JSON.stringify({ path: "pipeline.yml" }) })).type,
  typed: async () => (await fetch(address + "/api/runs", { method: "POST", mode: "cors",
    headers: { "content-type": "application/json", authorization: "Bearer x" }, body: "{}" })).status,
  stream: () => new Promise((resolve) => {
    const source = new EventSource(address + "/api/events", { withCredentials: true });
    source.onopen = () => resolve("opened");
    source.onerror = () => (source.close(), resolve("closed"));
  }),
  socket: () => new Promise((resolve) => {
    const socket = new WebSocket(address.replace("http", "ws") + "/api/events");
    socket.onopen = () => resolve("opened");
    socket.onerror = () => resolve("closed");
  }),
  image: () => new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve("loaded");
    image.onerror = () => resolve("broken");
    image.src = address + "/api/session";
  }),
  script: () => new Promise((resolve) => {
    const script = document.createElement("script");
    script.onload = () => resolve("loaded");
    script.onerror = () => resolve("broken");
    script.src = address + "/main.js";
    document.head.append(script);
  }),
  frame: () => new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.onload = () => { try { resolve(frame.contentDocument?.body ? "read" : "closed"); } catch { resolve("closed"); } };
    frame.src = address + "/";
    document.body.append(frame);
  }),
  opened: () => new Promise((resolve) => {
    const other = open(address + "/");
    setTimeout(() => { try { resolve(other.document.body.innerText); } catch { resolve("closed"); } }, 300);
  }),
  form: () => new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.name = "target";
    frame.onload = () => resolve("sent");
    document.body.append(frame);
    const form = document.createElement("form");
    Object.assign(form, { action: address + "/api/runs", method: "POST", enctype: "text/plain", target: "target" });
    const field = document.createElement("input");
    Object.assign(field, { name: '{"path":"pipeline.yml","x":"', value: '"}' });
    form.append(field);
    document.body.append(form);
    form.submit();
  }),
};
addEventListener("load", async () => {
  const found = {};
  for (const [name, attempt] of Object.entries(tries)) {
    found[name] = await Promise.race([
      attempt().catch((error) => "refused"),
      new Promise((resolve) => setTimeout(resolve, 3000, "nothing")),
    ]);
  }
  globalThis.found = found;
});
</script><body></body>`;

Deno.test("a page of another origin can read nothing and start nothing, whatever it tries", () =>
  inBrowser(FILES, async ({ page, url }) => {
    await post(page, "/api/trust", { allow: true });
    const { origin } = new URL(url);
    const server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      () => new Response(EVIL, { headers: { "content-type": "text/html" } }),
    );
    try {
      const evil = await page.context().newPage();
      await evil.goto(`http://localhost:${server.addr.port}/?address=${encodeURIComponent(origin)}`);
      await evil.waitForFunction("globalThis.found !== undefined");
      const found = await evil.evaluate("globalThis.found") as Record<string, unknown>;
      equal(found.opened === "closed" || found.opened === "nothing" || found.opened === "", true, String(found.opened));
      const { opened: _, form: __, ...rest } = found;
      deepEqual(rest, {
        read: "refused",
        cookies: "refused",
        index: "refused",
        blind: "refused",
        typed: "refused",
        stream: "closed",
        socket: "closed",
        image: "broken",
        script: "broken",
        frame: "closed",
      });
      const { live, runs } = await page.evaluate(async () => {
        const headers = { authorization: `Bearer ${sessionStorage.getItem("loom-token")}` };
        const [live, runs] = await Promise.all(
          ["/api/live", "/api/runs?path=pipeline.yml"].map((path) =>
            fetch(path, { headers }).then((answer) => answer.json())
          ),
        );
        return { live: live.runs, runs: runs.runs };
      });
      deepEqual([live, runs], [[], []]);
    } finally {
      await server.shutdown();
    }
  }));
