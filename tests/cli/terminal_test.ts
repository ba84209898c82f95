import { match, ok, strictEqual as equal } from "node:assert/strict";
import { eachProject, type Project } from "../support/cli.ts";
import { Screen } from "../support/screen.ts";
import { sendSignal } from "../support/send_signal.ts";

const FILES = {
  "talk.py": "import time\nfor i in range(4):\n    print('line', i, flush=True)\n    time.sleep(0.15)\n",
  "wait.py": "import time\nprint('waiting', flush=True)\ntime.sleep(60)\n",
  "two.yml": "pipeline:\n  - {name: first, task: talk.py}\n  - {name: second, task: talk.py}\n",
  "wait.yml": "pipeline:\n  - {name: long, task: wait.py}\n",
  "many.yml": "pipeline:\n" + Array.from({ length: 200 }, (_, i) => `  - {name: s${i}, task: talk.py}\n`).join(""),
};

/** Runs loom on a pseudo-terminal of 60 columns, as `script` of util-linux makes it, and gives what was written to it. */
async function onTerminal(project: Project, words: string, variables = ""): Promise<{ text: string; code: number }> {
  const loom = project.loom.argv.map((word) => `'${word}'`).join(" ");
  const command = `stty cols 60 rows 20; ${variables} ${loom} ${words}`;
  const { stdout, code } = await new Deno.Command("script", {
    args: ["-qec", command, "/dev/null"],
    cwd: project.folder,
    clearEnv: true,
    env: { ...project.environment(), TERM: "xterm-256color", SHELL: "/bin/sh" },
    stdin: "null",
  }).output();
  return { text: new TextDecoder().decode(stdout).replaceAll("\r\n", "\n"), code };
}

function screenOf(text: string): Screen {
  const screen = new Screen(60);
  screen.write(text);
  return screen;
}

eachProject("on a terminal loom redraws what runs, and leaves lines, summary and cursor", FILES, async (project) => {
  const { text, code } = await onTerminal(project, "two.yml", "NO_COLOR=1");
  equal(code, 0);
  ok(text.split("\x1b[?2026h").length > 5, "it was redrawn");
  match(text, /0\/2 {2}\d/);
  match(text, /1\/2 {2}\d/);
  const screen = screenOf(text);
  equal(screen.cursorHidden, false);
  match(screen.text(), /\[SUCCESS\] second\n {2}first {3}done .*\n {2}second {2}done /);
  match(screen.text(), /\nCompleted: 2\/2 steps succeeded$/);
  equal(screen.text().includes("█"), false);
});

eachProject("on a terminal markers are coloured, unless NO_COLOR says no", FILES, async (project) => {
  const colored = await onTerminal(project, "two.yml --dry-run");
  ok(colored.text.includes("\x1b[2m[DRY RUN]\x1b[22m first"));
  const plain = await onTerminal(project, "two.yml --dry-run", "NO_COLOR=1");
  ok(plain.text.includes("\n[DRY RUN] first:\n"));
});

eachProject("in a pipe loom writes plain lines", FILES, async (project) => {
  const { stdout } = await project.run(["two.yml"]);
  equal(stdout.includes("\x1b"), false);
  ok(stdout.includes("[RUNNING] first\n"));
});

eachProject("loom ends quietly when nobody reads on", FILES, async (project) => {
  const child = project.start(["many.yml"]);
  await child.stdin.close();
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  const [{ code }, stderr] = await Promise.all([child.status, new Response(child.stderr).text()]);
  equal(stderr, "");
  equal(code, 130);
});

eachProject("the first signal ends what runs, and loom with it", FILES, async (project) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const child = project.start(["wait.yml"]);
    await child.stdin.close();
    const [told, errors] = [child.stdout.pipeThrough(new TextDecoderStream()), new Response(child.stderr).text()];
    let text = "";
    for await (const piece of told) {
      if (!text.includes("waiting") && (text + piece).includes("waiting")) sendSignal(child, signal);
      text += piece;
    }
    equal((await child.status).code, 130);
    ok(text.includes("[CANCELLED] long\n"), text);
    match(await errors, /^Stopping; press Ctrl-C again/);
  }
});
