import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import type { Policy, Tier } from "../../core/ports/policy.ts";
import {
  auditLine,
  denoPermissions,
  hostText,
  intersect,
  isHostFault,
  normalizePolicy,
  parseHost,
  promptText,
  TIERS,
  withinTier,
} from "../../core/gate/mod.ts";
import { bubblewrapArguments } from "../../core/gate/sandbox/bubblewrap.ts";
import { sandboxRendering } from "../../core/gate/sandbox/mod.ts";

/** What a rendering grants, read back from it. */
interface Granted {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly net: readonly string[];
  readonly programs?: readonly string[];
  readonly variables?: readonly string[];
}

/** Names that have gone wrong somewhere: blanks, quotes, line ends, other scripts, what turns or hides text. */
const odd = fc.constantFrom(
  ...["a", "b", "project", "with blank", 'quo"te', "it's", "back\\slash", "new\nline", "tab\t", "ünï", "日本語", "🧵"],
  ...[
    "-rf",
    "--bind",
    "(nothing)",
    "a,b",
    "a:b",
    "$HOME",
    "*",
    "\u202egnp.exe",
    "z\u200bw",
    "\u001b[2K",
    "e\u0301",
    "#",
  ],
);
const name = fc.oneof(odd, fc.string({ unit: "binary", minLength: 1, maxLength: 8 })).filter((text) =>
  !/[\0/]/.test(text) && text !== "." && text !== ".." && text.isWellFormed()
);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `/w/${names.join("/")}`);

const label = fc.constantFrom("a", "b", "api", "xn--mnchen-3ya", "cdn-1", "a_b");
const domain = fc.tuple(fc.array(label, { maxLength: 2 }), fc.constantFrom("example.org", "example.net")).map(
  ([labels, end]) => [...labels, end].join("."),
);
const address = fc.constantFrom("192.0.2.1", "127.0.0.1", "[::1]", "[2001:db8::1]", "localhost");
const port = fc.constantFrom("", ":80", ":443", ":8080", ":1", ":65535");
const host = fc.oneof(
  fc.tuple(domain, port).map((parts) => parts.join("")),
  fc.tuple(address, port).map((parts) => parts.join("")),
  // With the host itself, or a worker could not have it.
  fc.tuple(domain, port).map(([it, at]) => [`*.${it}${at}`, `${it}${at}`] as const),
);

const policies: fc.Arbitrary<Policy> = fc.record({
  actor: fc.oneof(odd, fc.string({ unit: "binary" })),
  action: fc.oneof(odd, fc.string({ unit: "binary" })),
  tier: fc.constantFrom(...TIERS as Tier[]),
  read: fc.array(path, { maxLength: 4 }),
  write: fc.array(path, { maxLength: 3 }),
  hosts: fc.array(host, { maxLength: 4 }).map((hosts) => hosts.flat()),
  programs: fc.array(fc.oneof(name.filter((text) => !text.includes("\\")), path), { maxLength: 3 }),
  variables: fc.array(fc.stringMatching(/^[A-Z_a-z][A-Z_a-z0-9]{0,6}$/), { maxLength: 3 }),
  budget: fc.option(fc.record({ usd: fc.nat(), tokens: fc.nat(), ms: fc.nat() }, { requiredKeys: [] }), {
    nil: undefined,
  }),
});

/** The policy of a machine on which nothing is there but what the policy names. */
const machine = { system: [], links: {}, kept: [], absent: [], tmpBytes: 1, sizes: true, cwd: "/" };

Deno.test("the four renderings of a policy grant the same", () => {
  fc.assert(fc.property(policies, agree), { numRuns: 10_000, seed: 5 });
});

function agree(policy: Policy): void {
  const asked = probes(policy.hosts);
  const audit = granted(JSON.parse(auditLine(policy)), asked);
  deepEqual(fromPrompt(promptText(policy), asked), audit);
  const { programs: _, ...withoutPrograms } = audit;
  deepEqual(fromDeno(policy, asked), withoutPrograms);
  const { variables: __, ...paths } = withoutPrograms;
  deepEqual(fromSandbox(policy, asked), paths);
}

type Lists = Pick<Policy, "read" | "write" | "hosts" | "programs" | "variables">;

function granted({ read, write, hosts, programs, variables }: Lists, asked: readonly Probe[]): Granted {
  const net = asked.filter((probe) => hosts.some((host) => meant(host, probe))).map(probeText);
  return { read: cover([...read, ...write]), write: cover(write), net, programs, variables };
}

/** What a pattern of a host stands for, as the contract has it: two ports unless one is named, a star for what is below. */
function meant(host: string, [name, port]: Probe): boolean {
  const [, star, known, number] = /^(\*\.)?(.*?)(?::(\d+))?$/.exec(host)!;
  const isPort = number === undefined ? port === 80 || port === 443 : port === Number(number);
  return isPort && (star === undefined ? name === known : name.endsWith(`.${known}`));
}

/** Reads the lines as a person does: a label, then each thing below it. */
function fromPrompt(text: string, asked: readonly Probe[]): Granted {
  const sections = new Map<string, string[]>();
  let items: string[] = [];
  for (const line of text.split("\n").slice(1)) {
    const [heading, item] = [line.slice(2, 12).trim(), line.slice(12)];
    if (heading !== "") sections.set(heading, items = []);
    if (item !== "(nothing)") items.push(item.startsWith('"') ? JSON.parse(item) : item);
  }
  const of = (heading: string) => sections.get(heading) ?? [];
  const [read, write, hosts] = [of("reads"), of("changes"), of("connects")];
  return granted({ read, write, hosts, programs: of("starts"), variables: of("is given") }, asked);
}

/** As Deno reads a permission set; a star stands for the name itself too. */
function fromDeno(policy: Policy, asked: readonly Probe[]): Granted {
  const { read, write, net, env, ...rest } = denoPermissions(policy);
  deepEqual(rest, { run: false, ffi: false, sys: false, import: false });
  const allowed = ([name, at]: Probe) =>
    (net || []).some((entry) => {
      const [, star, known, number] = /^(\*\.)?(.*):(\d+)$/.exec(entry)!;
      return Number(number) === at && (name === known || (star !== undefined && name.endsWith(`.${known}`)));
    });
  return {
    read: cover(read || []),
    write: cover(write || []),
    net: asked.filter(allowed).map(probeText),
    variables: env || [],
  };
}

/** As bubblewrap reads its arguments. The network is never its own to give: hosts are asked for at the proxy. */
function fromSandbox(policy: Policy, asked: readonly Probe[]): Granted {
  const words = [...bubblewrapArguments(policy, machine)];
  const [read, write]: [string[], string[]] = [[], []];
  ok(words.includes("--unshare-net"));
  for (let at = 0; at < words.length; at++) {
    if (words[at] === "--ro-bind-try") read.push(same(words[++at], words[++at]));
    else if (words[at] === "--bind-try") write.push(same(words[++at], words[++at]));
    else at += takes(words[at]);
  }
  const normal = normalizePolicy(policy);
  const net = asked.filter(([name, port]) => sandboxRendering.allowsHost(normal, name, port));
  return { read: cover([...read, ...write]), write: cover(write), net: net.map(probeText) };
}

/** Options that grant nothing, and how many words follow them. */
const WORDS: Readonly<Record<string, number>> = {
  "--tmpfs": 1,
  "--proc": 1,
  "--dev": 1,
  "--remount-ro": 1,
  "--chdir": 1,
  "--hostname": 1,
  "--cap-drop": 1,
  "--size": 1,
};

/** One that nobody expects must not go unseen. */
function takes(option: string): number {
  ok(option in WORDS || /^--(unshare-\w+(-try)?|die-with-parent|new-session|as-pid-1)$/.test(option), option);
  return WORDS[option] ?? 0;
}

function same(from: string, to: string): string {
  equal(from, to);
  return from;
}

/** The outermost of some paths, in order. */
function cover(paths: readonly string[]): readonly string[] {
  const all = [...new Set(paths)].sort();
  return all.filter((path) => !all.some((other) => path.startsWith(`${other}/`)));
}

type Probe = readonly [host: string, port: number];

function probeText([host, port]: Probe): string {
  return `${host} ${port}`;
}

/** Hosts and ports around those that a policy names: itself, below, above, beside, other ports. */
function probes(hosts: readonly string[]): readonly Probe[] {
  const names = new Set<string>();
  for (const host of hosts) {
    const name = host.replace(/^\*\./, "").replace(/:\d+$/, "");
    names.add(name);
    if (/[[\d]/.test(name)) continue;
    for (const near of [`x.${name}`, `a.b.${name}`, `x${name}`, name.slice(name.indexOf(".") + 1)]) names.add(near);
  }
  return [...names].sort().flatMap((name) => [1, 80, 443, 8080, 65_535].map((port) => [name, port] as const));
}

Deno.test("a worker may do what its permission set says, and nothing else", async () => {
  for (const policy of fc.sample(policies, { numRuns: 12, seed: 7 })) {
    const asked = probes(policy.hosts);
    const [wanted, normal] = [fromDeno(policy, asked), normalizePolicy(policy)];
    const paths = [...normal.read, ...normal.write].flatMap((it) => [it, `${it}/below`, `${it}x`, "/w"]);
    const variables = [...policy.variables, "LOOM_OTHER"];
    const answers = await inWorker(policy, { paths, hosts: asked.map(([name, port]) => `${name}:${port}`), variables });
    const inside = (folders: readonly string[], path: string) =>
      folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
    deepEqual(answers.read, paths.filter((path) => inside(wanted.read, path)));
    deepEqual(answers.write, paths.filter((path) => inside(wanted.write, path)));
    deepEqual(answers.net, asked.filter((probe) => wanted.net.includes(probeText(probe))).map((it) => it.join(":")));
    deepEqual(answers.env, policy.variables);
    deepEqual(answers.whole, []);
  }
});

interface Asked {
  readonly paths: readonly string[];
  readonly hosts: readonly string[];
  readonly variables: readonly string[];
}

type Answers = Readonly<Record<"read" | "write" | "net" | "env" | "whole", readonly string[]>>;

const inside = `onmessage = ({ data: { paths, hosts, variables } }) => {
  const has = (query) => Deno.permissions.querySync(query).state === "granted";
  postMessage({
    read: paths.filter((path) => has({ name: "read", path })),
    write: paths.filter((path) => has({ name: "write", path })),
    net: hosts.filter((host) => has({ name: "net", host })),
    env: variables.filter((variable) => has({ name: "env", variable })),
    whole: ["read", "write", "net", "env", "run", "ffi", "sys", "import"].filter((name) => has({ name })),
  });
};`;

async function inWorker(policy: Policy, asked: Asked): Promise<Answers> {
  const deno = { permissions: denoPermissions(policy) } as unknown as { permissions: "none" };
  const worker = new Worker(
    `data:text/javascript,${encodeURIComponent(inside)}`,
    { type: "module", deno } as WorkerOptions,
  );
  try {
    const answer = new Promise<Answers>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.postMessage(asked);
    return await answer;
  } finally {
    worker.terminate();
  }
}

Deno.test("a host that is taken means the same to whoever connects", () => {
  const part = fc.constantFrom(
    "a",
    "B",
    ".",
    "..",
    "-",
    "0x7f",
    "127",
    "256",
    "1",
    ":",
    ":80",
    "[",
    "]",
    "::1",
    "%41",
    "@",
    "/",
    "\\",
    "。",
    "xn--",
  );
  const texts = fc.oneof(
    fc.array(part, { maxLength: 7 }).map((parts) => parts.join("")),
    fc.string(),
    host.map(String),
  );
  let taken = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const read = parseHost(text);
      if (isHostFault(read)) return;
      taken++;
      const { hostname, port, username, pathname } = new URL(
        `http://${hostText({ ...read, below: false, ports: [81] })}/`,
      );
      deepEqual([hostname, port, username, pathname], [read.name, "81", "", "/"]);
    }),
    { numRuns: 10_000, seed: 5 },
  );
  ok(taken > 1_000);
});

Deno.test("normalizePolicy() gives what it is given back, and equal policies one text", () => {
  fc.assert(
    fc.property(policies, (policy) => {
      const normal = normalizePolicy(policy);
      deepEqual(normalizePolicy(normal), normal);
      const turned = {
        ...policy,
        read: policy.read.toReversed(),
        hosts: [...policy.hosts, ...policy.hosts].toReversed(),
      };
      equal(auditLine(turned), auditLine(policy));
    }),
    { numRuns: 2_000, seed: 5 },
  );
});

Deno.test("intersect() grants what both grant, and nothing else", () => {
  fc.assert(
    fc.property(policies, policies, (a, b) => {
      const asked = [...probes(a.hosts), ...probes(b.hosts)];
      const both = normalizePolicy(intersect(normalizePolicy(a), normalizePolicy(b)));
      const [one, other, common] = [a, b, both].map((it) => granted(normalizePolicy(it), asked));
      deepEqual(common.net, one.net.filter((probe) => other.net.includes(probe)));
      for (const kind of ["read", "write"] as const) {
        const has = (lists: Granted, path: string) =>
          lists[kind].some((it) => path === it || path.startsWith(`${it}/`));
        for (const path of [...one[kind], ...other[kind]]) equal(has(common, path), has(one, path) && has(other, path));
      }
      deepEqual(common.variables, one.variables!.filter((it) => other.variables!.includes(it)));
    }),
    { numRuns: 2_000, seed: 5 },
  );
});

Deno.test("withinTier() leaves nothing to change or reach to who only reads", () => {
  fc.assert(
    fc.property(policies, (policy) => {
      const { tier, write, hosts, programs } = withinTier(policy);
      equal(tier, policy.tier);
      if (tier === "read-only") deepEqual([write, hosts, programs], [[], [], []]);
      else deepEqual([write, hosts, programs], [policy.write, policy.hosts, policy.programs]);
    }),
    { numRuns: 500, seed: 5 },
  );
});
