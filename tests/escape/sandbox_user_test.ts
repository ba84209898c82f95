import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import { temporaryFolder } from "../contract/temporary.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Everything that depends on who runs loom: root has powers that have to be taken away, others none to give. */
const script = (repository: string) => `
import { Cell } from ${JSON.stringify(pathToFileURL(`${repository}/tests/support/held.ts`).href)};
using cell = new Cell();
const answers = [Deno.uid() === 0];
const run = async (script, limits) => {
  const held = await cell.run(script, { limits });
  answers.push(held.limit ?? held.out.trim());
};
await run("touch made && echo x >/usr/made; cat ../outside/secret; ls");
await run("grep -c CapEff:.*0000000000000000 /proc/self/status");
await run("i=0; while [ $i -lt 60 ]; do sleep 2 & i=$((i+1)); done; echo all", { processes: 20 });
await run("ls /proc/1/root/home /root");
await run("readlink /proc/self/fd/7; ls /proc/self/fd/7/root; echo none");
await run("trap '' TERM; while :; do sleep 0.05; done", { wallMs: 100, graceMs: 50 });
console.log(JSON.stringify(answers));
`;

const HELD = ["made", "1", "", "", "none", "wall"];

Deno.test("a sandbox holds programs of whoever runs the tests", async () => {
  deepEqual(await answersOf([Deno.execPath()], REPOSITORY), [Deno.uid() === 0, ...HELD]);
});

Deno.test("a sandbox holds programs of a user who is not root", async () => {
  using folder = temporaryFolder();
  const env = { HOME: folder.path, DENO_DIR: `${folder.path}/cache`, TMPDIR: folder.path };
  Deno.chmodSync(folder.path, 0o777);
  deepEqual(await answersOf(asNobody(folder.path), `${folder.path}/repository`, env), [false, ...HELD]);
});

/** This Deno as another user, who may not look where root keeps it: both it and the repository are shown elsewhere. */
function asNobody(folder: string): readonly string[] {
  Deno.writeTextFileSync(`${folder}/deno`, "");
  Deno.mkdirSync(`${folder}/repository`);
  const shown = [[Deno.realPathSync(Deno.execPath()), `${folder}/deno`], [REPOSITORY, `${folder}/repository`]];
  const binds = shown.flatMap(([from, to]) => ["--ro-bind", from, to]);
  const user = Deno.uid() === 0 ? ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] : [];
  return ["bwrap", "--dev-bind", "/", "/", ...binds, "--", ...user, `${folder}/deno`];
}

async function answersOf(deno: readonly string[], repository: string, env: Readonly<Record<string, string>> = {}) {
  // With an open folder that leads out of everything, as a terminal or an editor may leave one open.
  const open = ["sh", "-c", 'exec 7</; exec "$@"', "sh"];
  const argv = [...open, ...deno, "run", "-A", "--no-lock", "--quiet", "--config", `${repository}/deno.json`, "-"];
  const child = new Deno.Command(argv[0], { args: argv.slice(1), env, stdin: "piped", stdout: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(script(repository)));
  await writer.close();
  return JSON.parse(new TextDecoder().decode((await child.output()).stdout));
}
