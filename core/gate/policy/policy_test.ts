import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import type { Policy } from "../../ports/policy.ts";
import { auditEntry, auditLine } from "./audit_line.ts";
import { denoPermissions } from "./deno_permissions.ts";
import { intersect } from "./intersect.ts";
import { normalizePolicy } from "./policy.ts";
import { policyProblems } from "./problems.ts";
import { promptText } from "./prompt_text.ts";
import { redactorFor } from "./secrets.ts";
import { atLeast, higher, leastTier } from "./tier.ts";

const nothing: Policy = {
  actor: "tool x",
  action: "do it",
  tier: "expensive",
  read: [],
  write: [],
  hosts: [],
  programs: [],
  variables: [],
};

Deno.test("normalizePolicy() sorts, and leaves out what is there already", () => {
  const policy = normalizePolicy({
    ...nothing,
    read: ["/b/", "/a//x", "/a", "/w/in", "/a/./y", "/ab"],
    write: ["/w", "/w/x"],
    hosts: ["b.org", "B.org.", "b.org:80", "*.a.org", "x.a.org", "c.org:443", "c.org:80", "d.org:80"],
    programs: ["git", "git", "/usr/bin/make"],
    variables: ["B", "A"],
    budget: { usd: 1, ms: undefined },
  });
  deepEqual(policy, {
    ...nothing,
    read: ["/a", "/ab", "/b"],
    write: ["/w"],
    hosts: ["*.a.org", "b.org", "c.org", "d.org:80"],
    programs: ["/usr/bin/make", "git"],
    variables: ["A", "B"],
    budget: { usd: 1 },
  });
});

Deno.test("normalizePolicy() keeps one of two spellings that Windows takes for the same", () => {
  deepEqual(normalizePolicy({ ...nothing, read: ["C:\\Work", "c:\\work", "C:\\work\\in"] }).read, ["C:\\Work"]);
});

Deno.test("policyProblems() tells everything that is wrong, and where", () => {
  const wrong: Policy = {
    ...nothing,
    tier: "harmless" as "expensive",
    read: ["", "relative", "/a/../b", "/nul\0l", "//server", "/half\ud800"],
    hosts: ["*.org"],
    programs: ["bin/x", "..", "", "C:\\a\\..\\b.exe"],
    variables: ["A*", "A=B", "", "É"],
    budget: { usd: -1, tokens: Number.NaN },
  };
  const told = policyProblems(wrong).map(({ path, message }) => `${path?.join(".")}: ${message}`);
  deepEqual(told, [
    "tier: Unknown tier 'harmless'",
    'read.0: Cannot allow "": it is empty',
    "read.1: Cannot allow relative: it is not absolute",
    "read.2: Cannot allow /a/../b: it has '..' in it",
    'read.3: Cannot allow "/nul\\u0000l": no system can take its characters',
    "read.4: Cannot allow //server: it starts with two slashes",
    'read.5: Cannot allow "/half\\ud800": no system can take its characters',
    "hosts.0: Cannot allow *.org: it would cover a whole top-level domain",
    "programs.0: Cannot allow bin/x: it is a relative path",
    "programs.1: Cannot allow ..: it is a relative path",
    'programs.2: Cannot allow "": it is empty',
    "programs.3: Cannot allow \"C:\\\\a\\\\..\\\\b.exe\": it has '..' in it",
    "variables.0: Cannot allow A*: it is no name of a variable",
    "variables.1: Cannot allow A=B: it is no name of a variable",
    'variables.2: Cannot allow "": it is no name of a variable',
    "variables.3: Cannot allow É: it is no name of a variable",
    "budget.usd: The budget of usd cannot be -1",
    "budget.tokens: The budget of tokens cannot be NaN",
  ]);
  throws(() => normalizePolicy(wrong), { code: "policy-invalid", message: /^Cannot say what tool x may do: / });
});

Deno.test("intersect() keeps the narrower of two", () => {
  const limit = {
    ...nothing,
    read: ["/w"],
    write: ["/w/out"],
    hosts: ["*.a.org:443"],
    programs: ["git"],
    variables: [],
  };
  const asked = {
    ...nothing,
    read: ["/"],
    write: ["/w"],
    hosts: ["x.a.org", "b.org"],
    programs: ["git", "sh"],
    variables: ["A"],
  };
  const { read, write, hosts, programs, variables } = intersect(asked, limit);
  deepEqual([read, write, hosts, programs, variables], [["/w"], ["/w/out"], ["x.a.org:443"], ["git"], []]);
});

Deno.test("promptText() names everything, one a line, and lets nothing hide", () => {
  const text = promptText({
    ...nothing,
    actor: "tool \u001b[2Kx",
    action: 'say "hi"\n  reads     (nothing)',
    read: ["/home/ada/my files", "/home/ada/\u202etxt.exe", "/home/ada/日本"],
    write: ["/w"],
    hosts: ["example.org", "*.example.org:8080"],
    programs: ["git"],
    variables: ["TOKEN"],
    budget: { usd: 0.5, tokens: 1000 },
  });
  deepEqual(text.split("\n"), [
    'tool \\u001b[2Kx: say "hi"\\u000a  reads     (nothing)',
    "  tier      expensive: may cost money or much time",
    '  reads     "/home/ada/my files"',
    '            "/home/ada/\\u202etxt.exe"',
    "            /home/ada/日本",
    "  changes   /w",
    "  connects  *.example.org:8080",
    "            example.org",
    "  starts    git",
    "  is given  TOKEN",
    "  spends    at most 0.5 USD",
    "            at most 1000 tokens",
  ]);
});

Deno.test("promptText() says so where there is nothing, and where there is no limit", () => {
  equal(promptText({ ...nothing, tier: "read-only" }).includes("spends"), false);
  equal(promptText(nothing).split("\n").at(-1), "  spends    (no limit was set)");
  equal(promptText(nothing).split("\n")[2], "  reads     (nothing)");
});

Deno.test("denoPermissions() gives nothing that is not named, and never programs or native code", () => {
  const none = { read: false, write: false, net: false, env: false, run: false, ffi: false, sys: false, import: false };
  deepEqual(denoPermissions({ ...nothing, programs: ["git"] }), none);
  const some = denoPermissions({
    ...nothing,
    read: ["/a"],
    write: ["/b"],
    hosts: ["a.org", "[::1]:99"],
    variables: ["A"],
  });
  const net = ["[::1]:99", "a.org:80", "a.org:443"];
  deepEqual(some, { ...none, read: ["/a", "/b"], write: ["/b"], net, env: ["A"] });
});

Deno.test("denoPermissions() takes a star only where Deno grants no more than the policy", () => {
  const refused = {
    code: "host-not-exact",
    hint: "name a.org:99 too, or each host below it in the place of *.a.org:99",
  };
  throws(() => denoPermissions({ ...nothing, hosts: ["*.a.org:99", "a.org"] }), refused);
  const both = denoPermissions({ ...nothing, hosts: ["*.a.org", "a.org"] });
  deepEqual(both.net, ["*.a.org:80", "*.a.org:443", "a.org:80", "a.org:443"]);
});

Deno.test("auditLine() is the same for policies that are", () => {
  equal(auditLine({ ...nothing, read: ["/b", "/a"] }), auditLine({ ...nothing, read: ["/a/", "/b", "/a/c"] }));
});

Deno.test("auditEntry() holds no secret of the environment, and no value of a variable that was named", () => {
  const env = { MY_TOKEN: "tok-123456", PLAIN: "plain value", HOME: "/home/ada", SHORT: "on" };
  const redact = redactorFor(["PLAIN", "HOME", "SHORT"], env);
  const entry = auditEntry({
    event: "failed",
    reason: "got tok-123456",
    origin: "agent",
    policy: { ...nothing, action: "curl -H plain value on", read: ["/home/ada/tok-123456"], variables: ["PLAIN"] },
    facts: { error: "plain value", code: 3 },
  }, redact);
  const { reason, policy, facts } = entry;
  deepEqual([reason, policy.action, policy.read], ["got ***", "curl -H *** on", ["/home/ada/***"]]);
  deepEqual([policy.variables, facts], [["PLAIN"], { error: "***", code: 3 }]);
});

Deno.test("higher() and leastTier() raise, never lower", () => {
  equal(higher("workspace-write", "read-only", "expensive"), "expensive");
  equal(atLeast("workspace-write", "expensive"), false);
  equal(leastTier(nothing), "read-only");
  equal(leastTier({ ...nothing, hosts: ["a.org"] }), "workspace-write");
});
