import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { isLoomError } from "../errors.ts";
import { checkPlugin, manifestText } from "./manifest.ts";
import { manifestOf } from "./stored_manifest.ts";

const GOOD = { name: "greet", version: "1.0.0", api: 1, permissions: { read: ["workspace"] } };
const PROVIDES = { tool: ["greet"] };

/** Messages of everything that is wrong. */
function faults(manifest: unknown, provides: unknown = PROVIDES): readonly string[] {
  try {
    checkPlugin({ manifest, provides }, "here");
  } catch (error) {
    if (!isLoomError(error)) throw error;
    equal(error.code, "plugin-invalid");
    return error.problems.map(({ message, hint }) => hint === undefined ? message : `${message}; ${hint}`);
  }
  return [];
}

Deno.test("checkPlugin() takes a manifest as the contract has it", () => {
  const { manifest, provides } = checkPlugin({ manifest: GOOD, provides: PROVIDES }, "here");
  deepEqual(manifest, GOOD);
  deepEqual(provides, PROVIDES);
});

Deno.test("checkPlugin() writes rights one way: sorted, once, workspace paths tidy, hosts in lower case", () => {
  const permissions = {
    read: ["data", "./data/", "workspace/b//c", "workspace"],
    hosts: ["API.Example.org", "api.example.org"],
    variables: [],
  };
  deepEqual(checkPlugin({ manifest: { ...GOOD, permissions }, provides: PROVIDES }, "here").manifest.permissions, {
    read: ["workspace", "workspace/b/c", "workspace/data"],
    hosts: ["api.example.org"],
  });
});

Deno.test("checkPlugin() takes a manifest that asks for nothing", () => {
  const { permissions: _, ...rest } = GOOD;
  deepEqual(checkPlugin({ manifest: rest, provides: PROVIDES }, "here").manifest.permissions, {});
});

Deno.test("checkPlugin() tells everything at once, with the nearest name", () => {
  const wrong = {
    nam: "x",
    name: "Greet",
    version: "1",
    api: 2,
    permisions: {},
    permissions: { reed: [], read: ["/etc"] },
  };
  deepEqual(faults(wrong, { tools: ["greet"] }), [
    "name: write lower case letters, digits and dashes, at most 64, such as 'greet'",
    "version: write a version such as '1.0.0'",
    "api: this loom knows 1",
    "permissions.read.0: '/etc': only 'workspace' and folders below it, such as 'workspace/data', can be asked for",
    "Unknown key 'reed' in permissions; did you mean 'read'?",
    "Unknown key 'nam' in the plugin; did you mean 'name'?",
    "Unknown key 'permisions' in the plugin; did you mean 'permissions'?",
    "Unknown key 'tools' in provides; did you mean 'tool'?",
    "provides: it offers nothing",
  ]);
});

const REFUSED: readonly (readonly [right: string, entry: string])[] = [
  ["read", ""],
  ["read", "/etc"],
  ["read", "~/.ssh"],
  ["read", "workspace/../.."],
  ["read", "../x"],
  ["read", "C:\\x"],
  ["read", "a\\b"],
  ["read", "a\0b"],
  ["write", "*"],
  ["hosts", ""],
  ["hosts", "*"],
  ["hosts", "*.com"],
  ["hosts", "https://example.org"],
  ["hosts", "example.org/x"],
  ["hosts", "example.org:0"],
  ["hosts", "example.org:99999"],
  ["hosts", "2130706433"],
  ["hosts", "0x7f.1"],
  ["hosts", "exa mple.org"],
  ["hosts", "example.org\0"],
  ["hosts", "*.example.org"],
  ["variables", "A=B"],
  ["variables", "*"],
  ["variables", "A*"],
  ["variables", ""],
  ["programs", "git -C /"],
  ["programs", "./git"],
  ["programs", "../git"],
  ["programs", "/usr/../bin/git"],
  ["programs", "-x"],
  ["programs", "a;b"],
];

for (const [right, entry] of REFUSED) {
  Deno.test(`checkPlugin() refuses ${right} ${JSON.stringify(entry)}`, () => {
    equal(faults({ ...GOOD, permissions: { [right]: [entry] } }).length, 1);
  });
}

Deno.test("checkPlugin() takes a pattern of hosts with the name itself", () => {
  deepEqual(faults({ ...GOOD, permissions: { hosts: ["*.example.org", "example.org"] } }), []);
});

Deno.test("checkPlugin() is not fooled by names that every object has", () => {
  for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const provides = JSON.parse(`{"tool":["greet"],"${key}":{"polluted":true}}`);
    deepEqual(faults(GOOD, provides).length, 1, key);
    deepEqual(faults(JSON.parse(`{"name":"a","version":"1.0.0","api":1,"${key}":{"polluted":true}}`)).length, 1, key);
    deepEqual(faults(GOOD, { tool: [key] }).length, key === "constructor" ? 0 : 1, key);
  }
  equal(({} as Record<string, unknown>).polluted, undefined);
});

Deno.test("checkPlugin() lets no control character through to a terminal", () => {
  const wrong = { ...GOOD, description: "\u001b[2J", permissions: { read: ["\u001b]0;x\u0007", "\u202egro"] } };
  const said = faults({ ...wrong, "\u001b[31m": 1 });
  equal(said.length, 4);
  // deno-lint-ignore no-control-regex -- they are what is looked for
  equal(said.some((line) => /[\u0000-\u001f\u202e]/.test(line)), false);
});

Deno.test("checkPlugin() throws plugin-invalid and nothing else, whatever it is given", () => {
  const any = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
  fc.assert(fc.property(any, any, (manifest, provides) => {
    throws(() => checkPlugin({ manifest, provides }, "here"), { code: "plugin-invalid" });
  }));
});

Deno.test("manifestOf() reads what manifestText() wrote", () => {
  const checked = checkPlugin({ manifest: GOOD, provides: PROVIDES }, "here");
  deepEqual(manifestOf(manifestText(checked), "/m.json", { name: "greet" }), checked);
  throws(() => manifestOf(manifestText(checked), "/m.json", { name: "other" }), { code: "plugin-invalid" });
});
