/**
 * Ends the programs that loom started when loom itself dies, even by `kill -9`.
 *
 * A shell waits for the end of its standard input, which loom holds open and never writes to. The groups that run are
 * kept in a table, a small file: one write for each start and end, and the shell sleeps until loom is gone.
 *
 * @module
 */

/** Starts the shell, once, with a standard input that closes when loom dies. */
export type StartWatcher = (argv: readonly string[]) => void;

/** Width of one line of the table: a group's number, padded, and a line feed. */
const lineBytes = 12;

/**
 * Waits for the end of input, then ends each group in the table: TERM, and KILL for those that are there after 5 s.
 * Those that go in time are forgotten at once, so that a number used anew is left alone. The table loses its name at
 * once, so that nothing stays behind, whatever happens.
 */
const watchScript = `trap '' HUP INT TERM
exec 3<"$1"; rm -f "$1"
read -r line
left=
while read -r group <&3; do
  [ -n "$group" ] && kill -TERM "-$group" && kill -CONT "-$group" && left="$left $group"
done 2>/dev/null
turn=0
while [ -n "$left" ] && [ "$turn" -lt 50 ]; do
  sleep 0.1; turn=$((turn + 1)); still=
  for group in $left; do kill -0 "-$group" && still="$still $group"; done 2>/dev/null
  left=$still
done
for group in $left; do kill -KILL "-$group"; done 2>/dev/null`;

/** The table of groups that run, and the shell that watches over it. Both come with the first group. */
export class DeathWatch {
  readonly #startWatcher: StartWatcher;
  readonly #lines = new Map<number, number>();
  readonly #free: number[] = [];
  #table: Deno.FsFile | undefined;

  constructor(startWatcher: StartWatcher) {
    this.#startWatcher = startWatcher;
  }

  /** From now on, `group` ends with loom. */
  add(group: number): void {
    this.#table ??= this.#begin();
    const line = this.#free.pop() ?? this.#lines.size;
    this.#lines.set(group, line);
    this.#write(line, `${group}`);
  }

  /** Nobody is left in `group`. */
  remove(group: number): void {
    const line = this.#lines.get(group);
    if (line === undefined) return;
    this.#lines.delete(group);
    this.#free.push(line);
    this.#write(line, "");
  }

  #begin(): Deno.FsFile {
    const path = makeTable();
    const table = Deno.openSync(path, { write: true });
    this.#startWatcher(["/bin/sh", "-c", watchScript, "loom-watch", path]);
    return table;
  }

  #write(line: number, text: string): void {
    this.#table?.seekSync(line * lineBytes, Deno.SeekMode.Start);
    this.#table?.writeSync(encoder.encode(`${text.padEnd(lineBytes - 1)}\n`));
  }
}

/** In the folder for temporary files; a `TMPDIR` that is not there or not ours is no reason to run nothing. */
function makeTable(): string {
  const prefix = "loom-running-";
  try {
    return Deno.makeTempFileSync({ prefix });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied)) throw error;
    return Deno.makeTempFileSync({ prefix, dir: "/tmp" });
  }
}

const encoder = new TextEncoder();
