/**
 * How fast a large file is known by its content.
 *
 * @module
 */

import { Arena } from "./support/arena.ts";
import { venvProgram } from "./support/peers.ts";
import { type Entrant, race, runOnce } from "./support/race.ts";
import { budgetForAll, type Finding, type Row, type Settings } from "./support/row.ts";
import { BINARY_ARGV, SOURCE_ARGV } from "./support/tools.ts";
import { FILES } from "./support/workload.ts";

/** Throughput of at least 90 % of the digest itself. */
const MAX_RATIO = 1 / 0.9;

/** A large input that was touched: everybody has to read it again. */
export const digest: Row = {
  name: "digest",
  about: "a touched file of 1 GiB read again (10 GiB: --size 10737418240)",
  measure: (settings) => Promise.resolve((settings.sizes ?? [2 ** 30]).map((bytes) => measure(bytes, settings))),
};

const PIPELINE = `data: {big: big.bin, mark: mark.txt}
pipeline:
  - {name: read, task: slow, inputs: {from: $big}, outputs: {--to: $mark}}
`;

/** Nothing but the digest: Python's is OpenSSL's. */
const OPENSSL = `import hashlib, sys
digest, buffer = hashlib.sha256(), memoryview(bytearray(4 << 20))
with open(sys.argv[1], "rb", buffering=0) as file:
    while count := file.readinto(buffer):
        digest.update(buffer[:count])
print(digest.hexdigest())
`;

function measure(sizeBytes: number, settings: Settings): Finding {
  using arena = new Arena();
  const cwd = arena.place("big");
  const big = `${cwd}/big.bin`;
  writeRandom(big, sizeBytes);
  Deno.writeTextFileSync(`${cwd}/pipeline.yml`, PIPELINE);
  Deno.writeTextFileSync(`${cwd}/slow`, FILES.slow, { mode: 0o755 });
  const touch = () => Deno.utimeSync(big, new Date(), new Date(Date.now() - 1_000));
  const runner = (name: string, role: Entrant["role"], argv: readonly string[]): Entrant => {
    return { name, role, argv, cwd, env: arena.env, before: touch };
  };
  const entrants = [
    ...(settings.peers.includes("dvc") ? [dvc(arena, cwd, touch)] : []),
    runner("sha256sum", "peer", ["sha256sum", "big.bin"]),
    runner("OpenSSL", "floor", [settings.python, "-c", OPENSSL, "big.bin"]),
    ...settings.ours.map(({ name }) => {
      const argv = name === "loom (source)" ? SOURCE_ARGV : BINARY_ARGV;
      return runner(name, "ours", [...argv, "status", "pipeline.yml"]);
    }),
  ];
  runOnce({ argv: [...BINARY_ARGV, "pipeline.yml"], cwd, env: arena.env });
  touch();
  const told = runOnce({ argv: [...BINARY_ARGV, "status", "pipeline.yml"], cwd, env: arena.env });
  if (!/\bfresh\b/.test(told)) throw new Error(`Nothing to compare: the touched file was not read\n${told}`);
  return {
    row: "digest",
    what: `a touched file of ${(sizeBytes / 2 ** 30).toFixed(sizeBytes < 2 ** 30 ? 3 : 0)} GiB`,
    unit: "ms",
    figures: race(entrants, settings.rounds),
    budgets: budgetForAll(settings.ours, { kind: "ratio", to: "OpenSSL", max: MAX_RATIO }),
    note: "dvc uses MD5; loom and dvc are timed with their start, which large files make small",
  };
}

function dvc(arena: Arena, cwd: string, before: () => void): Entrant {
  const program = venvProgram("dvc");
  runOnce({ argv: [program, "init", "--no-scm", "--quiet"], cwd, env: arena.env });
  // Adding without keeping a copy is reading: that is what is compared.
  const argv = [program, "add", "--quiet", "--no-commit", "big.bin"];
  return { name: "dvc", role: "peer", argv, cwd, env: arena.env, before };
}

/** Not zeros: a file system may keep those as a hole. */
function writeRandom(path: string, sizeBytes: number): void {
  using file = Deno.openSync(path, { write: true, createNew: true });
  const block = new Uint8Array(4 * 2 ** 20);
  for (let at = 0; at < block.length; at += 65_536) crypto.getRandomValues(block.subarray(at, at + 65_536));
  for (let left = sizeBytes; left > 0; left -= block.length) {
    file.writeSync(block.subarray(0, Math.min(left, block.length)));
  }
}
