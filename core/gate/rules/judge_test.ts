import { strictEqual as equal } from "node:assert/strict";
import { matchesGlob, matchesPath } from "./glob.ts";
import { judge } from "./judge.ts";
import type { Effect, Rule, Touched } from "./rule.ts";

function rule(effect: Effect, conditions: Partial<Rule>): Rule {
  return { effect, source: JSON.stringify(conditions), ...conditions };
}

function effectOf(rules: readonly Rule[], touched: Touched): Effect | undefined {
  return judge(rules, touched)?.effect;
}

Deno.test("matchesGlob() takes stars and question marks, in time that does not explode", () => {
  equal(matchesGlob("train_*", "train_local"), true);
  equal(matchesGlob("t?ain", "train"), true);
  equal(matchesGlob("*a*b", "xaxxb"), true);
  equal(matchesGlob("a", "ab"), false);
  equal(matchesGlob("", ""), true);
  equal(matchesGlob(`${"*a".repeat(1_000)}c`, "a".repeat(10_000)), false);
  equal(matchesGlob(".*", ".env"), true);
  equal(matchesGlob("*", ".env"), true);
});

Deno.test("matchesPath() keeps a star within one name and two stars within none", () => {
  equal(matchesPath("/a/*", "/a/b"), true);
  equal(matchesPath("/a/*", "/a/b/c"), false);
  equal(matchesPath("/a/**", "/a"), true);
  equal(matchesPath("/a/**", "/a/b/.c"), true);
  equal(matchesPath("/a/**", "/ab"), false);
  equal(matchesPath("**/.env", "/x/y/.env"), true);
  equal(matchesPath("/**/secret/*.pem", "/x/secret/a.pem"), true);
  equal(matchesPath("C:\\a\\**", "c:\\A\\b"), true);
});

Deno.test("judge() lets deny win over ask, and ask over allow, wherever they stand", () => {
  const [allow, ask, deny] = (["allow", "ask", "deny"] as const).map((effect) => rule(effect, { tool: "shell*" }));
  const touched = { tool: "shell_execute" };
  equal(effectOf([allow, ask, deny], touched), "deny");
  equal(effectOf([allow, ask], touched), "ask");
  equal(effectOf([allow], touched), "allow");
  equal(effectOf([allow, ask, deny], { tool: "read_file" }), undefined);
  equal(effectOf([allow], {}), undefined);
});

Deno.test("judge() narrows as soon as anything fits, and allows only if everything does", () => {
  const paths = ["/w/a", "/etc/passwd"];
  equal(effectOf([rule("deny", { path: "/etc/**" })], { paths }), "deny");
  equal(effectOf([rule("allow", { path: "/w/**" })], { paths }), undefined);
  equal(effectOf([rule("allow", { path: "/w/**" })], { paths: ["/w/a", "/w/b"] }), "allow");
  equal(effectOf([rule("allow", { path: "/w/**" })], {}), undefined);
  const commands = [["npm", "test"], ["rm", "-rf", "x"]];
  equal(effectOf([rule("ask", { argv: ["rm"] })], { commands }), "ask");
  equal(effectOf([rule("allow", { argv: ["npm"] })], { commands }), undefined);
});

Deno.test("judge() allows only what a rule speaks of, unless it names the tool", () => {
  const touched = { tool: "fetch", paths: ["/w/a"], hosts: ["example.org"] };
  equal(effectOf([rule("allow", { path: "/w/**" })], touched), undefined);
  equal(effectOf([rule("allow", { path: "/w/**", host: "example.org" })], touched), "allow");
  equal(effectOf([rule("allow", { tool: "fetch", path: "/w/**" })], touched), "allow");
  equal(effectOf([rule("allow", { tool: "other", path: "/w/**" })], touched), undefined);
});

Deno.test("judge() asks for every condition of a rule", () => {
  const both = rule("deny", { tool: "shell*", argv: ["git", "push"] });
  equal(effectOf([both], { tool: "shell_execute", commands: [["git", "push", "-f"]] }), "deny");
  equal(effectOf([both], { tool: "shell_execute", commands: [["git", "pull"]] }), undefined);
  equal(effectOf([both], { tool: "git_command", commands: [["git", "push"]] }), undefined);
});

Deno.test("judge() knows a program by its whole path where it narrows, and by the very word where it allows", () => {
  const commands = [["/tmp/evil/git", "push"]];
  equal(effectOf([rule("deny", { argv: ["git", "push"] })], { commands }), "deny");
  equal(effectOf([rule("allow", { argv: ["git", "push"] })], { commands }), undefined);
  equal(effectOf([rule("allow", { argv: ["/tmp/*/git"] })], { commands }), "allow");
  equal(effectOf([rule("deny", { argv: ["git", "push", "now"] })], { commands }), undefined);
});

Deno.test("judge() denies a host that a pattern of the action may reach, and allows what a rule covers whole", () => {
  equal(effectOf([rule("deny", { host: "a.example.org" })], { hosts: ["*.example.org"] }), "deny");
  equal(effectOf([rule("allow", { host: "a.example.org" })], { hosts: ["*.example.org"] }), undefined);
  equal(effectOf([rule("allow", { host: "*.example.org" })], { hosts: ["a.example.org:443"] }), "allow");
  equal(effectOf([rule("deny", { host: "*" })], { hosts: ["a.example.org"] }), "deny");
  equal(effectOf([rule("deny", { host: "*" })], { hosts: [] }), undefined);
});
