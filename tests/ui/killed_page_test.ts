import { ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { inBrowser } from "../support/browser.ts";
import { looms, type Project } from "../support/cli.ts";

const FILES = {
  "slow.py": "import time\nprint('begun', flush=True)\ntime.sleep(600)\n",
  "pipeline.yml": "parameters: {lr: 0.1}\npipeline:\n  - {name: slow, task: slow.py, args: {--lr: $lr}}\n",
};

Deno.test("a server that is killed takes its runs with it, and nothing that was changed is lost", () =>
  inBrowser(FILES, async ({ page, project, expect, picture }) => {
    page.setDefaultTimeout(10_000);
    expect(/net::ERR_|status of 401/);
    const first = await served(project, "0");
    await page.goto(first.url);
    await page.locator('.react-flow__node[data-id="slow"]').waitFor();
    await allow(page);
    await page.getByRole("button", { name: "Run all" }).click();
    await page.locator(".xterm-rows", { hasText: "begun" }).waitFor();
    await lr(page).fill("0.7");
    first.child.kill("SIGKILL");
    await first.child.status;
    await page.getByText("The server cannot be reached").waitFor();
    await lr(page).fill("0.8");
    await page.locator('.react-flow__node[data-id="param_lr"]', { hasText: "0.8" }).waitFor();

    // What it drove goes on no more, though the new server does not know this page.
    const second = await served(project, new URL(first.url).port);
    try {
      await page.getByText("loom was started anew").waitFor();
      await page.locator(".toolbar .standing.interrupted").waitFor();
      ok(!await page.getByRole("button", { name: /^Cancel/ }).isVisible());
      await picture("server-killed");
      await page.goto(second.url);
      await page.locator('.react-flow__node[data-id="param_lr"]', { hasText: "0.8" }).waitFor();
      await page.locator(".toolbar .star").waitFor();
      await page.getByRole("tab", { name: "History" }).click();
      await page.locator(".history-view .interrupted").waitFor();

      // What another program drives is waited for, and that is said with its number.
      const other = spawned(project, ["pipeline.yml"]);
      await page.locator(".toolbar .standing.running").waitFor();
      await page.getByRole("button", { name: "Run all" }).click();
      await page.getByRole("dialog").getByRole("button", { name: /Save/ }).click();
      const waits = page.locator(".toolbar .waits", { hasText: `Waiting for another run (process ${other.pid})` });
      await waits.waitFor();
      await picture("run-waits");
      await waits.getByRole("button", { name: "Cancel waiting" }).click();
      await waits.waitFor({ state: "detached" });
      other.kill("SIGTERM");
      await other.status;
    } finally {
      second.child.kill("SIGTERM");
      await second.child.status;
    }
  }));

function lr(page: Page) {
  return page.locator(".parameters .field input").first();
}

function allow(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const headers = {
      authorization: `Bearer ${sessionStorage.getItem("loom-token")}`,
      "content-type": "application/json",
    };
    await fetch("/api/trust", { method: "POST", headers, body: '{"allow":true}' });
  });
}

/** `loom ui` as a process of its own, once it tells its address. */
async function served(project: Project, port: string): Promise<{ child: Deno.ChildProcess; url: string }> {
  const child = spawned(project, ["ui", ".", "--no-open", "--json", "--port", port], "piped");
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`loom ui ended: ${text}`);
    text += value;
  }
  await reader.cancel();
  return { child, url: JSON.parse(text.split("\n")[0]).url };
}

function spawned({ folder }: Project, words: readonly string[], stdout: "piped" | "null" = "null"): Deno.ChildProcess {
  const [program, ...args] = looms[0].argv;
  const env = { LOOM_HOME: `${folder}/../state` };
  const streams = { stdin: "null", stdout, stderr: "null" } as const;
  return new Deno.Command(program, { args: [...args, ...words], cwd: folder, env, ...streams }).spawn();
}
