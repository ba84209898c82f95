import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import type { LoomError } from "../../errors.ts";
import { loadRules, type RulesPlace } from "./load.ts";

const PLACE: RulesPlace = { userState: "/home/ada/.loom", project: "/w", home: "/home/ada" };
const [USER, PROJECT] = ["/home/ada/.loom/rules.yaml", "/w/.loom/rules.yaml"];

/** Files by path, and what the links among them lead to. */
function load(files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>> = {}, place = PLACE) {
  return loadRules(place, { readText: (path) => files[path], realPath: (path) => links[path] });
}

/** Lines as a person is told. */
async function refusal(text: string, file = USER): Promise<readonly string[]> {
  let told: readonly string[] = [];
  await rejects(load({ [file]: text }), (error: LoomError) => {
    equal(error.code, "rules-invalid");
    told = error.problems.map(({ line, column, message, hint }) => `${line}:${column}: ${message}; ${hint}`);
    return true;
  });
  return told;
}

Deno.test("loadRules() is empty where there are no files", async () => {
  deepEqual(await load({}), { rules: [], problems: [] });
  deepEqual(await load({ [USER]: "", [PROJECT]: "# none\n" }), { rules: [], problems: [] });
  deepEqual(await load({}, {}, { project: "/w" }), { rules: [], problems: [] });
});

Deno.test("loadRules() reads a person's rules and a project's, with paths made whole", async () => {
  const user = `
- effect: deny
  path: ~/.ssh/**
  reason: keys stay here
- { effect: allow, tool: train_*, argv: [python, "-m", "*"], host: "*.example.org" }
- { effect: ask, path: ./data/* }
- { effect: ask, path: /etc/** }
`;
  const { rules, problems } = await load({ [USER]: user, [PROJECT]: "- { effect: deny, path: secret }" });
  deepEqual(problems, []);
  deepEqual(rules, [
    { effect: "deny", path: "/home/ada/.ssh/**", reason: "keys stay here", source: `${USER}:1` },
    { effect: "allow", tool: "train_*", argv: ["python", "-m", "*"], host: "*.example.org", source: `${USER}:2` },
    { effect: "ask", path: "/w/data/*", source: `${USER}:3` },
    { effect: "ask", path: "/etc/**", source: `${USER}:4` },
    { effect: "deny", path: "/w/secret", source: `${PROJECT}:1` },
  ]);
});

Deno.test("loadRules() takes no allowance from a project, and says so", async () => {
  const { rules, problems } = await load({ [PROJECT]: "- effect: allow\n  tool: '*'\n- { effect: ask, tool: git }\n" });
  deepEqual(rules.map(({ effect }) => effect), ["ask"]);
  deepEqual(problems.map(({ level, code, file, line, column }) => [level, code, file, line, column]), [
    ["warning", "rule-without-effect", PROJECT, 1, 11],
  ]);
});

Deno.test("loadRules() tells everything that is wrong, with line and column", async () => {
  const text = `- effekt: deny
  tool: x
- effect: alow
  tool: 5
- effect: deny
- effect: ask
  argv: git push
- effect: ask
  argv: [kill, -9]
- effect: deny
  argv: []
- just a word
`;
  deepEqual(await refusal(text), [
    "1:3: A rule has no effect; give it one of allow, ask, deny",
    "1:3: Unknown key 'effekt'; did you mean 'effect'?",
    "3:11: 'effect' cannot be \"alow\"; did you mean 'allow'?",
    "4:9: 'tool' must be a text; put it in quotes",
    "7:9: 'argv' must be a list of words; such as [git, push]",
    "9:16: 'argv' must be a text; put it in quotes",
    "11:9: 'argv' is empty; remove it, or fill it in",
    "12:3: A rule must be a map; such as 'effect: deny' and 'path: ~/.ssh/**'",
  ]);
  deepEqual(await refusal("- effect: deny\n- effect: deny\n  host: 0x7f.1\n"), [
    "1:3: A rule does not say what it is about; give it one of tool, path, argv, host",
    "3:9: 'host' cannot be \"0x7f.1\": it is an address in an unusual spelling; write an IPv4 address as four decimal numbers, such as 192.0.2.1",
  ]);
});

Deno.test("loadRules() refuses a file that is no list, or no YAML, whoever wrote it", async () => {
  deepEqual(await refusal("effect: deny\n"), ["1:1: A file of rules must be a list; begin each rule with '- effect:'"]);
  equal((await refusal("- {effect: deny", PROJECT)).length, 1);
});

Deno.test("loadRules() needs a home folder only for what lies in it", async () => {
  const place = { userState: "/state", project: "/w" };
  const found = await load({ "/state/rules.yaml": "- { effect: ask, path: /etc/** }" }, {}, place);
  equal(found.rules.length, 1);
  await rejects(load({ "/state/rules.yaml": "- { effect: ask, path: ~/x }" }, {}, place), { code: "rules-invalid" });
});

Deno.test("loadRules() looks behind links: a rule that narrows holds for both spellings, one that allows for the real", async () => {
  const user = "- { effect: deny, path: ~/keys/** }\n- { effect: allow, path: ./data/*.csv }\n";
  const links = { "/home/ada/keys": "/mnt/keys", "/w/data": "/mnt/data", "/home": "/home", "/w": "/w" };
  const { rules } = await load({ [USER]: user }, links);
  deepEqual(rules.map(({ path }) => path), ["/home/ada/keys/**", "/mnt/keys/**", "/mnt/data/*.csv"]);
});

Deno.test("loadRules() takes names of the language for names", async () => {
  deepEqual(await refusal("- { effect: deny, tool: x, __proto__: { effect: allow }, constructor: 1 }\n"), [
    "1:28: Unknown key '__proto__'; a rule has effect, tool, path, argv, host and reason",
    "1:58: Unknown key 'constructor'; a rule has effect, tool, path, argv, host and reason",
  ]);
});
