/**
 * Pipelines of one step that writes, and those who watch it: what a step says is seen by the same eyes everywhere.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { within } from "./deadline.ts";

/** The step waits for the file `go`, so that whoever watches is ready. */
const WAIT = `"""Says something."""
import os, sys, time
count = int(open("count").read())
print("begun", flush=True)
for _ in range(3000):
    if os.path.exists("go"):
        break
    time.sleep(0.01)
`;

/** Lines with the time at which each was written, at times that no beat of an editor falls in with. */
const CLOCK = `${WAIT}
for i in range(count):
    time.sleep((20 + i * 37 % 100) / 1000)
    print(f"at {time.time() * 1000:.0f} ms", flush=True)
time.sleep(0.5)
print("over", flush=True)
time.sleep(0.5)
`;

/** A line of the flood; `#` stands for its number. */
export const LINE = "line # of a long run, with a few words that say how far it is";

const FLOOD = `${WAIT}
for i in range(count):
    print(f"${LINE.replace("#", "{i}")}")
print("over", flush=True)
time.sleep(0.5)
`;

/** Writes a pipeline of one step that says something, so many lines of it. */
export async function writeChatter(folder: string, kind: "clock" | "flood", count: number): Promise<void> {
  const pipeline = [
    "pipeline:",
    "  - {name: say, task: tasks/say.py}",
    "layout:",
    "  say: {x: 0, y: 0}",
    "",
  ];
  await Deno.mkdir(`${folder}/tasks`, { recursive: true });
  await Deno.writeTextFile(`${folder}/pipeline.yml`, pipeline.join("\n"));
  await Deno.writeTextFile(`${folder}/tasks/say.py`, kind === "clock" ? CLOCK : FLOOD);
  await Deno.writeTextFile(`${folder}/count`, String(count));
}

/** Lets the step begin to write. */
export async function letGo(folder: string): Promise<void> {
  await Deno.writeTextFile(`${folder}/go`, "");
}

/** Until then the step waits. */
export async function holdBack(folder: string): Promise<void> {
  await Deno.remove(`${folder}/go`).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/**
 * Eyes on what stands in a page: when each line of the clock came to be there, in `benchSeen`. What is outside of
 * `place` is not looked at.
 */
export function watchClock(place: string): string {
  return `(() => {
    const seen = globalThis.benchSeen = new Map();
    const look = () => {
      const now = Date.now();
      for (const { textContent } of document.querySelectorAll(${JSON.stringify(place)})) {
        for (const [, at] of textContent.matchAll(/at (\\d{13}) ms/g)) if (!seen.has(at)) seen.set(at, now);
      }
    };
    const eyes = new MutationObserver(look);
    const begin = () => eyes.observe(document.body, { childList: true, subtree: true, characterData: true });
    if (document.body === null) addEventListener("DOMContentLoaded", begin);
    else begin();
  })()`;
}

/**
 * Waits until a word stands in the output.
 *
 * @throws {Late} When it does not in time.
 */
export async function seenWord(page: Page, place: string, word: string, timeoutMs: number): Promise<void> {
  const stands = page.waitForFunction(
    ([place, word]) => [...document.querySelectorAll(place)].some(({ textContent }) => textContent!.includes(word)),
    [place, word] as const,
    { timeout: 2 * timeoutMs, polling: 50 },
  );
  await within(timeoutMs, `"${word}" in the output`, stands);
}

/** Starts the run in loom's page. */
export async function runInLoom(page: Page): Promise<void> {
  await page.evaluate(`fetch("/api/trust", { method: "POST", body: '{"allow":true}', headers: {
    authorization: "Bearer " + sessionStorage.getItem("loom-token"), "content-type": "application/json" } })`);
  await page.getByRole("button", { name: "Run all" }).click();
}

/** Starts the run in the original's page, with its output shown. */
export async function runInOriginal(page: Page): Promise<void> {
  await page.locator(".react-flow__node").first().click();
  await page.getByTitle("Run entire pipeline").click();
}
