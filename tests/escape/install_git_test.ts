import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal } from "node:assert/strict";
import { GitServer } from "../support/plugins/git_server.ts";
import { bundleOf, pluginText, TemporaryFolder } from "../support/plugins/sources.ts";

Deno.test("a plugin is fetched from a repository: its newest commit, a tag, one commit", async () => {
  await using server = await GitServer.make();
  const first = await server.commit("greet.git", { "mod.ts": pluginText("greet") }, { tag: "v1" });
  const second = await server.commit("greet.git", { "mod.ts": pluginText("greet", { greeting: "Hej" }) });
  const url = server.url("greet.git");
  const newest = await bundleOf(url);
  match(newest.code, /Hej/);
  deepEqual(newest.source, { asked: url, resolved: `${url.slice("git+".length)}#${second}` });
  match((await bundleOf(`${url}#v1`)).code, /Hello/);
  match((await bundleOf(`${url}#${first}`)).code, /Hello/);
  match((await bundleOf(`${url}#main`)).code, /Hej/);
});

Deno.test("nothing that a repository brings along is run or followed", async () => {
  await using server = await GitServer.make();
  await using outside = await TemporaryFolder.make({ "secret.ts": "export default 'stolen';" });
  const ran = `${outside.path}/ran`;
  const evil = { clean: `touch ${ran}`, smudge: `touch ${ran}` };
  await server.commit("x.git", {
    "mod.ts": pluginText("greet"),
    ".gitattributes": "* filter=evil diff=evil export-subst\n",
    ".gitmodules": `[submodule "m"]\n\tpath = m\n\turl = ${server.url("other.git").slice(4)}\n`,
    ".gitconfig": `[filter "evil"]\n\tclean = ${evil.clean}\n\tsmudge = ${evil.smudge}\n`,
    ".githooks/post-checkout": `#!/bin/sh\ntouch ${ran}\n`,
  });
  match((await bundleOf(server.url("x.git"))).code, /greet/);
  equal(await Deno.stat(ran).then(() => true, () => false), false);
  equal(server.asked.some((path) => path.includes("other.git")), false);
});

Deno.test("a link in a repository is no file of the plugin", async () => {
  await using server = await GitServer.make();
  await using outside = await TemporaryFolder.make({ "secret.ts": "export default 'stolen';" });
  const files = { "mod.ts": `import secret from "./secret.ts";\nexport default secret;` };
  await server.commit("x.git", files, { links: { "secret.ts": `${outside.path}/secret.ts` } });
  await rejects(bundleOf(server.url("x.git")), { code: "plugin-import" });
});

Deno.test("git's settings of this machine, and its variables, do not reach the fetch", async () => {
  await using server = await GitServer.make();
  await using home = await TemporaryFolder.make();
  await server.commit("x.git", { "mod.ts": pluginText("greet") });
  const ran = `${home.path}/ran`;
  await home.write(
    ".gitconfig",
    `[core]\n\tfsmonitor = "touch ${ran}"\n\tsshCommand = "touch ${ran}"\n[alias]\n\tfetch = "!touch ${ran}"\n`,
  );
  const env = {
    HOME: home.path,
    GIT_SSH_COMMAND: `touch ${ran}`,
    GIT_EXTERNAL_DIFF: `touch ${ran}`,
    GIT_DIR: "/nowhere",
  };
  match((await bundleOf(server.url("x.git"), { env })).code, /greet/);
  equal(await Deno.stat(ran).then(() => true, () => false), false);
});

Deno.test("a repository, a branch or a commit that is not there says so", async () => {
  await using server = await GitServer.make();
  await server.commit("x.git", { "mod.ts": pluginText("greet") });
  await rejects(bundleOf(server.url("y.git")), { code: "plugin-source" });
  await rejects(bundleOf(`${server.url("x.git")}#no-such`), { code: "plugin-source", message: /no-such/ });
});
