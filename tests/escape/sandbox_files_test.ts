import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal } from "node:assert/strict";
import type { SubprocessSpec } from "../../core/ports/subprocess.ts";
import { hostSubprocesses } from "../../plugins/host/subprocess/mod.ts";
import { Cell } from "../support/held.ts";

Deno.test("a link in the workspace leads to nothing outside of it, to read or to write", async () => {
  using cell = new Cell();
  const { workspace, outside } = cell;
  Deno.symlinkSync(outside, `${workspace}/folder`);
  Deno.symlinkSync(`${outside}/secret`, `${workspace}/file`);
  Deno.symlinkSync("/etc/shadow", `${workspace}/shadow`);
  const { out } = await cell.run(
    `for name in folder/secret file shadow; do cat $name; echo x >$name && echo $name; done`,
  );
  equal(out, "");
  equal(Deno.readTextFileSync(`${outside}/secret`), "canary");
});

Deno.test("a link that a program makes leads to nothing outside, in its sandbox", async () => {
  using cell = new Cell();
  const { out } = await cell.run(
    `echo start; ln -s ../outside here; ln -s / root; cat here/secret root${cell.outside}/secret`,
  );
  equal(out, "start\n");
});

Deno.test("a folder that is swapped for a link while a program writes into it lets nothing out", async () => {
  using cell = new Cell();
  const swap = `mkdir d; (while :; do rm -rf d; ln -s ${cell.outside} d; rm d; mkdir d; done) 2>/dev/null &`;
  await cell.run(`${swap} i=0; while [ $i -lt 300 ]; do echo x >d/made 2>/dev/null; i=$((i+1)); done`);
  deepEqual(Array.from(Deno.readDirSync(cell.outside), ({ name }) => name), ["secret"]);
});

Deno.test("a policy whose path has become a link is refused", async () => {
  using cell = new Cell();
  Deno.symlinkSync(cell.outside, `${cell.workspace}/link`);
  await rejects(cell.run("true", { read: [`${cell.workspace}/link`] }), { code: "path-moved" });
});

Deno.test("a folder that is swapped for a link after it was looked at is not shown", async () => {
  const subprocesses = hostSubprocesses();
  const swap = { now: () => {} };
  const start = (spec: SubprocessSpec) => (swap.now(), subprocesses.start(spec));
  using cell = new Cell({ subprocesses: () => ({ start }) });
  const inner = `${cell.workspace}/inner`;
  Deno.mkdirSync(inner);
  swap.now = () => {
    Deno.removeSync(inner, { recursive: true });
    Deno.symlinkSync(cell.outside, inner);
  };
  const script = "echo started; cat secret; echo x >made";
  const { out, err, exitCode } = await cell.run(`cd ${inner}; ${script}`, { cwd: "/tmp", write: [inner] });
  deepEqual([out, exitCode], ["", 125]);
  match(err, /moved away and replaced/);
  deepEqual(Array.from(Deno.readDirSync(cell.outside), ({ name }) => name), ["secret"]);
});

Deno.test("a path that comes to be after it was looked at is not shown", async () => {
  const subprocesses = hostSubprocesses();
  const swap = { now: () => {} };
  const start = (spec: SubprocessSpec) => (swap.now(), subprocesses.start(spec));
  using cell = new Cell({ subprocesses: () => ({ start }) });
  const later = `${cell.workspace}/later`;
  swap.now = () => Deno.symlinkSync(cell.outside, later);
  const { out } = await cell.run(`cat ${later}/secret; echo x >${later}/made; echo end`, {
    write: [cell.workspace],
    read: [later],
  });
  equal(out, "end\n");
});

Deno.test("no hard link joins what may be written with what may only be read", async () => {
  using cell = new Cell();
  Deno.mkdirSync(`${cell.workspace}/.git/hooks`, { recursive: true });
  Deno.writeTextFileSync(`${cell.workspace}/.git/config`, "[core]");
  const wish = { read: [cell.outside] };
  const { out, err } = await cell.run(
    `ln ${cell.outside}/secret a; ln /usr/bin/env b; ln .git/config c; ls [abc]`,
    wish,
  );
  equal(out, "");
  equal(err.match(/cross-device|Cross-device/g)?.length, 3);
});

Deno.test("'..' leads no further than what is shown", async () => {
  using cell = new Cell();
  const { out } = await cell.run("cat ../outside/secret; ls ..; echo x >../made; cd ../..; ls -d root home");
  equal(out, "workspace\n");
  equal(Deno.readTextFileSync(`${cell.outside}/secret`), "canary");
});

Deno.test("/proc shows the sandbox, its root and nobody's environment", async () => {
  using cell = new Cell();
  Deno.env.set("LOOM_CANARY", "canary-of-loom");
  const { out, err } = await cell.run(
    `cat ${paths(cell.outside)}; cat /proc/*/environ | tr '\\0' '\\n'; ls /proc | grep -c '^[0-9]'`,
  );
  Deno.env.delete("LOOM_CANARY");
  equal(out.includes("canary"), false);
  match(out, /^\d$/m);
  match(err, /No such file/);
});

function paths(outside: string): string {
  return ["self", "1", "thread-self", `${Deno.pid}`].map((who) => `/proc/${who}/root${outside}/secret`).join(" ");
}

Deno.test("/proc lets nobody change the machine, root neither", async () => {
  using cell = new Cell();
  const before = Deno.readTextFileSync("/proc/sys/kernel/core_pattern");
  const { out } = await cell.run(
    `for name in sys/kernel/core_pattern sysrq-trigger self/uid_map self/oom_score_adj; do
      (echo 1 >/proc/$name) 2>/dev/null && echo wrote $name; done; mount -o remount,rw /proc 2>/dev/null && echo mounted`,
  );
  equal(out, "");
  equal(Deno.readTextFileSync("/proc/sys/kernel/core_pattern"), before);
});

Deno.test("open files of loom are not open in its programs", async () => {
  using cell = new Cell();
  using _open = Deno.openSync(`${cell.outside}/secret`);
  const { out } = await cell.run("for fd in /proc/self/fd/*; do readlink $fd; done; cat <&3");
  deepEqual(out.split("\n").filter((line) => line.startsWith("/") && line !== "/dev/null"), []);
});

Deno.test("redirections reach nothing outside of the workspace", async () => {
  using cell = new Cell();
  const targets = ["/etc/passwd", "/usr/bin/made", "/made", "/dev/sda", "/root/made", `${cell.outside}/made`];
  const { out } = await cell.run(targets.map((path) => `(echo x >${path}) 2>/dev/null && echo ${path}`).join("; "));
  equal(out, "");
});

Deno.test("what git and loom go by in a project cannot be written, nor come to be", async () => {
  using cell = new Cell();
  Deno.mkdirSync(`${cell.workspace}/.git/hooks`, { recursive: true });
  Deno.writeTextFileSync(`${cell.workspace}/loom.toml`, "x = 1\n");
  const { out } = await cell.run(`
    (echo x >.git/hooks/post-checkout) 2>/dev/null && echo hook
    mv .git away 2>/dev/null && echo moved; rm -rf .git 2>/dev/null && echo removed
    (echo x >>loom.toml) 2>/dev/null && echo toml; rm -f loom.toml 2>/dev/null; mv loom.toml x 2>/dev/null && echo gone
    (echo x >loom.yaml) 2>/dev/null && echo yaml; (mkdir -p .loom/a) 2>/dev/null && echo loom
    echo x >made && echo made`);
  equal(out, "made\n");
  const names = Array.from(Deno.readDirSync(cell.workspace), ({ name }) => name).toSorted();
  deepEqual(names, [".git", "loom.toml", "made"]);
  equal(Deno.readTextFileSync(`${cell.workspace}/loom.toml`), "x = 1\n");
});

Deno.test("a folder without a project in it is left as it is", async () => {
  using cell = new Cell();
  await cell.run("mkdir .git; echo x >loom.yaml");
  deepEqual(Array.from(Deno.readDirSync(cell.workspace), ({ name }) => name).toSorted(), [".git", "loom.yaml"]);
});

Deno.test("what may only be read cannot be written, whoever owns it", async () => {
  using cell = new Cell();
  const { out } = await cell.run(
    `cat ${cell.outside}/secret; echo x >${cell.outside}/secret; chmod 777 ${cell.outside}`,
    {
      read: [cell.outside],
    },
  );
  equal(out, "canary");
  equal(Deno.readTextFileSync(`${cell.outside}/secret`), "canary");
});

Deno.test("files of only a few people are not there, and of those that are shown none is a device", async () => {
  using cell = new Cell();
  const { out } = await cell.run(`
    cat /etc/shadow /etc/sudoers /root/.ssh/* /home/*/.ssh/* 2>/dev/null
    mknod x b 8 0 2>/dev/null && echo device; ls /dev/sd* /dev/vd* /dev/mem 2>/dev/null; ls /sys 2>/dev/null`);
  equal(out, "");
});
