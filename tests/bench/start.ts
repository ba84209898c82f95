/**
 * How long it takes to be there at all: `--version`, and the help page of a pipeline.
 *
 * @module
 */

import { Arena } from "./support/arena.ts";
import { emptyPrograms } from "./support/empty.ts";
import { venvProgram } from "./support/peers.ts";
import { type Entrant, race } from "./support/race.ts";
import type { Budget, Finding, Row, Settings } from "./support/row.ts";
import { BINARY_ARGV, SOURCE_ARGV } from "./support/tools.ts";

const FLOORS: Readonly<Record<string, string>> = { "loom (source)": "empty script", "loom (binary)": "empty binary" };

const VERSION_WORDS: Readonly<Record<string, readonly string[]>> = {
  make: ["make", "--version"],
  ninja: ["ninja", "--version"],
  doit: [venvProgram("doit"), "--version"],
  snakemake: [venvProgram("snakemake"), "--version"],
  dvc: [venvProgram("dvc"), "--version"],
};

/** Start of loom beside that of an empty program. */
export const start: Row = {
  name: "start",
  about: "--version, and FILE --help",
  measure: async (settings) => {
    using arena = new Arena();
    const empty = await emptyPrograms();
    const floors = [floor(arena, "empty script", empty.source), floor(arena, "empty binary", [empty.binary])];
    return [version(settings, arena, floors), help(settings, arena, floors)];
  },
};

function version(settings: Settings, arena: Arena, floors: readonly Entrant[]): Finding {
  const peers = settings.peers.filter((name) => name in VERSION_WORDS).map((name) =>
    entrant(arena, { name, role: "peer", argv: VERSION_WORDS[name] })
  );
  return finding(settings, "--version", [...peers, ...floors, ...ours(settings, arena, ["--version"])]);
}

function help(settings: Settings, arena: Arena, floors: readonly Entrant[]): Finding {
  Deno.writeTextFileSync(`${arena.folder}/pipeline.yml`, "pipeline: []\n");
  const words = ["pipeline.yml", "--help"];
  const original = { name: "original", role: "peer", argv: [venvProgram("loom"), ...words] } as const;
  const peers = settings.peers.includes("original") ? [entrant(arena, original)] : [];
  return finding(settings, "FILE --help", [...peers, ...floors, ...ours(settings, arena, words)]);
}

function finding({ ours, rounds }: Settings, what: string, entrants: readonly Entrant[]): Finding {
  const budget = (name: string): Budget => ({ kind: "ratio", to: FLOORS[name], max: 1.5 });
  const budgets = Object.fromEntries(ours.map(({ name }) => [name, budget(name)]));
  // So short that it takes many to see past the noise.
  return { row: "start", what, unit: "ms", figures: race(entrants, rounds * 4), budgets };
}

function ours(settings: Settings, arena: Arena, words: readonly string[]): readonly Entrant[] {
  return settings.ours.map(({ name }) => {
    const argv = name === "loom (source)" ? SOURCE_ARGV : BINARY_ARGV;
    return entrant(arena, { name, role: "ours", argv: [...argv, ...words] });
  });
}

function floor(arena: Arena, name: string, argv: readonly string[]): Entrant {
  return entrant(arena, { name, role: "floor", argv });
}

function entrant(arena: Arena, given: Pick<Entrant, "name" | "role" | "argv">): Entrant {
  return { ...given, cwd: arena.folder, env: arena.env };
}
