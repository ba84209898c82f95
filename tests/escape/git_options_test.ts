import { match, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { checkGit, GIT_COMMANDS } from "../../core/tools/git/check.ts";
import { remoteHosts } from "../../core/tools/git/hosts.ts";
import { gitArgv } from "../../plugins/tool/git/argv.ts";

/** Each as it would be typed after `git`. */
const REFUSED = [
  // What is forced on a remote.
  ...["push -f", "push --force", "push --forc", "push --fo", "push --force-with-lease", "push --force-if-includes"],
  ...[
    "push origin +main",
    "push origin +main:main",
    "push -uf",
    "push -fu origin",
    "push --mirror",
    "push --delete origin x",
  ],
  ...["push -d origin x", "push origin :main", "push --prune", "push --all"],
  // What throws work away.
  ...[
    "reset --hard",
    "reset --har HEAD~1",
    "reset --h",
    "reset HEAD --hard",
    "reset --merge",
    "clean -f",
    "clean -fdx",
  ],
  ...["branch -D x", "branch -dD x", "branch -f main HEAD~3", "branch --force main", "branch -M x", "branch -d -f x"],
  ...[
    "checkout .",
    "checkout -- .",
    "checkout -- file",
    "checkout HEAD -- file",
    "checkout -f",
    "checkout --force main",
  ],
  ...["checkout ./", "checkout ..", "checkout *.ts", "checkout src/", "checkout :/", "checkout -B main", "checkout -p"],
  ...["checkout --pathspec-from-file=x", "checkout --pathspec-from-file x", "checkout --ours x"],
  ...[
    "restore .",
    "restore file",
    "rm file",
    "stash drop",
    "stash clear",
    "switch -f main",
    "switch --discard-changes x",
  ],
  ...[
    "switch -C main",
    "switch --force-create main",
    "tag -d v1",
    "tag -f v1",
    "fetch -f",
    "fetch origin +a:b",
    "pull --force",
  ],
  // What starts programs, or makes git look elsewhere.
  ...["-c core.pager=sh log", "-c alias.x=!sh x", "-C / status", "--git-dir=/tmp/x status", "--git-dir /tmp/x status"],
  ...["--exec-path=/tmp log", "--work-tree=/ status", "--paginate log", "-p log", "--config-env=a=b log", "--bare log"],
  ...["fetch --upload-pack=sh", "fetch --upload-pack sh", "fetch --upload-pa=x", "pull --upload-pack=x origin"],
  ...[
    "push --receive-pack=sh",
    "push --exec=sh",
    "fetch ext::sh",
    "pull ext::sh%20-c%20id",
    "push ext::sh",
    "fetch fd::3",
  ],
  ...["remote add x ext::sh", "remote set-url origin ext::sh", "remote add -f x https://example.org/x"],
  ...[
    "diff --ext-diff",
    "log --ext-diff",
    "show --textconv",
    "diff --output=/tmp/x",
    "log --output=x",
    "diff --no-index / x",
  ],
  ...[
    "rebase -x sh",
    "rebase --exec sh",
    "rebase --exec=sh main",
    "rebase -i",
    "rebase --interactive",
    "merge -s sh main",
  ],
  ...["merge --strategy=sh main", "commit -F /etc/passwd", "commit --file=x", "commit -t x", "commit --template=x"],
  ...["commit -S", "tag -s v1", "tag -u x v1", "blame --contents /etc/passwd x", "log --show-signature"],
  // Other commands.
  ...[
    "config core.pager sh",
    "config --global x y",
    "submodule update",
    "daemon",
    "shell",
    "upload-pack .",
    "archive HEAD",
  ],
  ...[
    "bisect run sh",
    "filter-branch x",
    "difftool",
    "mergetool",
    "gc",
    "hook run x",
    "worktree add /tmp/x",
    "am",
    "apply x",
  ],
  ...["clone https://example.org/x", "init", "credential fill", "send-email", "instaweb", "help -a", "sh", "x"],
];

for (const line of REFUSED) {
  Deno.test(`git ${line} is refused`, () => {
    const checked = checkGit(line.split(" "));
    ok(!checked.ok, JSON.stringify(checked));
    ok(checked.why !== "");
  });
}

/** Likewise, with what they change. */
const ALLOWED: readonly (readonly [line: string, writes: string])[] = [
  ["status", "nothing"],
  ["status -s --branch", "nothing"],
  ["diff --stat HEAD~1", "nothing"],
  ["diff -- src/a.ts", "nothing"],
  ["log --oneline -n 5", "nothing"],
  ["log -p --follow -- a", "nothing"],
  ["show HEAD:file", "nothing"],
  ["blame -L 1,5 file", "nothing"],
  ["ls-files", "nothing"],
  ["rev-parse HEAD", "nothing"],
  ["add -A", "repository"],
  ["add .", "repository"],
  ["commit -m message", "repository"],
  ["commit -am message", "repository"],
  ["commit -mForce", "repository"],
  ["commit --amend --no-edit", "repository"],
  ["reset HEAD~1", "repository"],
  ["reset --soft HEAD~1", "repository"],
  ["branch -d merged", "repository"],
  ["branch --delete merged", "repository"],
  ["branch new", "repository"],
  ["checkout main", "files"],
  ["checkout -b new main", "files"],
  ["switch -c new", "files"],
  ["merge --no-ff topic", "files"],
  ["rebase main", "files"],
  ["rebase --abort", "files"],
  ["stash", "files"],
  ["stash pop", "files"],
  ["tag -a v1 -m text", "repository"],
  ["remote -v", "repository"],
  ["remote add origin https://example.org/x.git", "repository"],
  ["fetch --prune origin", "repository"],
  ["pull --rebase", "files"],
  ["push -u origin main", "repository"],
  ["push --force-no", "refused"],
];

for (const [line, writes] of ALLOWED) {
  Deno.test(`git ${line}: ${writes}`, () => {
    const checked = checkGit(line.split(" "));
    equal(checked.ok ? checked.writes : "refused", writes);
  });
}

Deno.test("only a push cannot be taken back, and only three commands connect", () => {
  const checks = GIT_COMMANDS.map((command) => checkGit([command]));
  ok(checks.every(({ ok }) => ok));
  const names = (filter: (it: Extract<ReturnType<typeof checkGit>, { ok: true }>) => boolean) =>
    checks.flatMap((it) => it.ok && filter(it) ? [it.command] : []).sort().join(" ");
  equal(names(({ tier }) => tier === "irreversible"), "push");
  equal(names(({ connects }) => connects), "fetch pull push");
});

Deno.test("no beginning of a refused option is let through, wherever it stands", () => {
  const options = [["push", "--force"], ["reset", "--hard"], ["fetch", "--upload-pack"], [
    "switch",
    "--discard-changes",
  ]];
  fc.assert(fc.property(
    fc.constantFrom(...options),
    fc.nat(),
    fc.array(fc.constantFrom<string>("origin", "main", "-q", "--verbose"), { maxLength: 4 }),
    fc.nat(),
    ([command, option], length, others, place) => {
      const beginning = option.slice(0, 3 + length % (option.length - 2));
      const args = others.toSpliced(place % (others.length + 1), 0, beginning);
      equal(checkGit([command, ...args]).ok, false);
    },
  ));
});

Deno.test("checkGit() answers whatever it is given", () => {
  fc.assert(fc.property(fc.array(fc.string(), { maxLength: 6 }), (args) => {
    equal(typeof checkGit(args).ok, "boolean");
  }));
  equal(checkGit(["status", "a\0b"]).ok, false);
  equal(checkGit(["__proto__"]).ok, false);
  equal(checkGit(["constructor"]).ok, false);
});

Deno.test("git is started without hooks, pager, prompts, other programs and addresses that are programs", () => {
  const line = gitArgv(["status"]).join(" ");
  const settings = ["core.hooksPath=/dev/null", "core.fsmonitor=false", "protocol.allow=never", "core.askPass=true"];
  for (const setting of [...settings, "core.sshCommand=false", "credential.helper="]) {
    ok(line.includes(`-c ${setting}`));
  }
  match(line, /^git --no-pager /);
  equal(gitArgv(["checkout", "main"]).slice(-2).join(" "), "main --");
});

Deno.test("remoteHosts() finds the machines of https addresses, and of nothing else", () => {
  const config = `[remote "origin"]\n\turl = https://example.org/a.git\n\tpushurl = http://other.example:8080/a
[remote "b"]\n\turl = git@example.com:a.git\n\turl = ext::sh\n\turl = file:///etc`;
  equal(
    remoteHosts(config, ["fetch", "https://third.example/x"]).join(" "),
    "example.org:443 other.example:8080 third.example:443",
  );
});
