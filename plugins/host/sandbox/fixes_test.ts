import { match, strictEqual as equal } from "node:assert/strict";
import { installFix, type SandboxFacts, workFix } from "./fixes.ts";

const facts: SandboxFacts = { said: "", settings: {}, inContainer: false };

Deno.test("installFix() names the command of this system", () => {
  equal(installFix({ installer: "apt-get" }), "sudo apt-get install bubblewrap");
  equal(installFix({ installer: "apk" }), "sudo apk add bubblewrap");
  match(installFix({}), /package manager/);
});

Deno.test("workFix() finds the setting that is in the way", () => {
  const fixOf = (settings: SandboxFacts["settings"]) => workFix({ ...facts, settings });
  match(fixOf({ "kernel.apparmor_restrict_unprivileged_userns": "1" }), /apparmor_parser -r .*bwrap-userns-restrict/);
  match(fixOf({ "kernel.unprivileged_userns_clone": "0" }), /sysctl -w kernel.unprivileged_userns_clone=1/);
  match(fixOf({ "user.max_user_namespaces": "0" }), /sysctl -w user.max_user_namespaces/);
  match(fixOf({ "kernel.unprivileged_userns_clone": "1" }), /find out/);
});

Deno.test("workFix() knows containers and old versions", () => {
  match(workFix({ ...facts, inContainer: true }), /--security-opt/);
  match(workFix({ ...facts, said: "bwrap: Unknown option --size" }), /0\.6 or later/);
});
