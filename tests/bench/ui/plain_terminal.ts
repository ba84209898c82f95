/**
 * xterm.js as it comes, with one line of our own between it and a socket: what the page's terminal is compared with.
 * Runs in a browser.
 *
 * @module
 */

// The page's packages are named in the page's own deno.json, which is not the tests'.
// deno-lint-ignore-file no-import-prefix

/// <reference lib="dom" />

import "npm:@xterm/xterm@6.0.0/css/xterm.css";
import { Terminal } from "npm:@xterm/xterm@6.0.0";

/** Opens a terminal that remembers so many lines. */
function show(scrollback: number): Terminal {
  const terminal = new Terminal({
    convertEol: true,
    disableStdin: true,
    fontSize: 12,
    scrollback,
    rows: 20,
    cols: 100,
  });
  terminal.open(document.getElementById("root")!);
  return terminal;
}

/** Draws what a socket says, as it comes. */
function listen(address: string): Promise<void> {
  const terminal = show(1000);
  const socket = new WebSocket(address);
  socket.onmessage = ({ data }) => terminal.write(data);
  return new Promise((resolve, reject) => [socket.onopen, socket.onerror] = [() => resolve(), reject]);
}

/** Lines that are written at a time. */
const AT_ONCE = 1000;

/** Writes lines as fast as the terminal takes them; `#` stands for the number of the line. */
async function flood({ line, count, scrollback }: { line: string; count: number; scrollback: number }): Promise<void> {
  const terminal = show(scrollback);
  for (let from = 0; from < count; from += AT_ONCE) {
    const length = Math.min(AT_ONCE, count - from);
    const text = Array.from({ length }, (_, i) => `${line.replace("#", String(from + i))}\n`).join("");
    await new Promise<void>((resolve) => terminal.write(text, resolve));
  }
}

Object.assign(globalThis, { show, listen, flood });
