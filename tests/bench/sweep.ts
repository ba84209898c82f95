/**
 * How much a sweep adds to its points.
 *
 * @module
 */

import { Arena } from "./support/arena.ts";
import { type Entrant, race, runOnce } from "./support/race.ts";
import { type Budget, budgetForAll, type Finding, grouped, type Row, type Settings } from "./support/row.ts";
import { type Tool, WORKERS } from "./support/tools.ts";

/** A sweep of copies, and the same sweep again. */
export const sweep: Row = {
  name: "sweep",
  about: "a sweep of 1,000 points, each a cp, with 2 workers; then again with nothing to do",
  measure: (settings) =>
    Promise.resolve((settings.sizes ?? [1_000]).flatMap((count) => [cold(count, settings), again(count, settings)])),
};

/** Points that copy one file each, to a folder of their own. */
function pipelineText(count: number): string {
  return `data: {copy: out/copy.txt}
matrix: {n: 1..${count}}
pipeline:
  - {name: copy, task: /bin/cp, inputs: {from: source.txt}, outputs: {-T: $copy}, args: {--suffix: $n}}
`;
}

function cold(count: number, settings: Settings): Finding {
  using arena = new Arena();
  const entrants = settings.ours.map((tool): Entrant => {
    const cwd = prepare(tool.name, count, arena);
    return arena.entrant(tool, argvOf(tool), { cwd, before: () => forget(tool, { arena, cwd }) });
  });
  const budget: Budget = { kind: "ratio", to: "xargs", max: 1.5 };
  return {
    row: "sweep",
    what: `${grouped(count)} points of one cp each, ${WORKERS} workers`,
    unit: "ms",
    figures: race(
      [...entrants, xargs(count, arena, { isPeer: true }), xargs(count, arena, { isPeer: false })],
      settings.rounds,
    ),
    budgets: budgetForAll(settings.ours, budget),
    note: "xargs makes the folder and copies; the floor copies only",
  };
}

function again(count: number, settings: Settings): Finding {
  using arena = new Arena();
  const entrants = settings.ours.map((tool): Entrant => {
    const [cwd, argv] = [prepare(tool.name, count, arena), [...argvOf(tool), "--cached"]];
    for (let run = 0; run < 3; run++) runOnce({ argv, cwd, env: arena.env });
    return arena.entrant(tool, argv, { cwd });
  });
  return {
    row: "sweep again",
    what: `${grouped(count)} points, all of them fresh`,
    unit: "ms",
    figures: race([...entrants, xargs(count, arena, { isPeer: true })], settings.rounds),
    budgets: budgetForAll(settings.ours, { kind: "ratio", to: "xargs", max: 0.2 }),
    note: "xargs knows nothing of the time before and does it all again",
  };
}

function prepare(name: string, count: number, arena: Arena): string {
  const cwd = arena.place(name);
  Deno.writeTextFileSync(`${cwd}/source.txt`, "copied\n");
  Deno.writeTextFileSync(`${cwd}/pipeline.yml`, pipelineText(count));
  Deno.mkdirSync(`${cwd}/out`);
  return cwd;
}

/** Points lie in the folder for outputs, which other workloads do not use. */
function forget(tool: Tool, { arena, cwd }: { readonly arena: Arena; readonly cwd: string }): void {
  arena.forget(tool, cwd);
  Deno.mkdirSync(`${cwd}/output`, { recursive: true });
  Deno.removeSync(`${cwd}/output`, { recursive: true });
}

function argvOf({ run }: Tool): readonly string[] {
  return [...run, "--quiet"];
}

function xargs(count: number, arena: Arena, { isPeer }: { readonly isPeer: boolean }): Entrant {
  const cwd = prepare(isPeer ? "xargs" : "floor", count, arena);
  const numbers = Array.from({ length: count }, (_, i) => String(i + 1));
  Deno.writeTextFileSync(`${cwd}/lines`, `${numbers.join("\n")}\n`);
  if (!isPeer) { for (const number of numbers) Deno.mkdirSync(`${cwd}/out/n=${number}`); }
  const copy = ["/bin/cp", "source.txt", "-T", "out/n={}/copy.txt", "--suffix", "{}"];
  const each = isPeer ? ["sh", "-c", `mkdir -p out/n={} && exec ${copy.join(" ")}`] : copy;
  const argv = ["xargs", "-a", "lines", "-P", `${WORKERS}`, "-I", "{}", ...each];
  const before = isPeer ? () => Deno.removeSync(`${cwd}/out`, { recursive: true }) : undefined;
  return {
    name: isPeer ? "xargs" : "xargs, folders made",
    role: isPeer ? "peer" : "floor",
    argv,
    cwd,
    env: arena.env,
    before,
  };
}
