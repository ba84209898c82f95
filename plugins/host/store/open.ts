import { DatabaseSync } from "node:sqlite";
import { LoomError } from "../../../core/errors.ts";
import { fileError, osCode } from "../files/errors.ts";
import { hostFileReader } from "../files/reader.ts";
import { hostFileWriter } from "../files/writer.ts";
import { isCorruption, storeError } from "./errors.ts";
import { migrate, refuseNewer, schemaVersion, versionOf } from "./schema.ts";

/** Another loom may hold the lock for one commit, never for long. */
const busyTimeoutMs = 5_000;

/**
 * A step changes some bytes on each of five pages or ten, and the log takes pages as a whole. Half of SQLite's own size
 * makes a step that does not wait for the disk a fifth shorter; a quarter makes long tables slow to read.
 */
const pageBytes = 2_048;

/**
 * How long the log grows, in pages, before it is worked into the database, which waits for the disk twice. At
 * SQLite's own 1,000 that happens every hundred quick steps, most pages being written over and over.
 */
const checkpointPages = 16_000;

const IGNORED = "*\n!plugins.yaml\n!rules.yaml\n";

/**
 * Makes `<project>/.loom/`, of which git ignores all but what a person writes there.
 *
 * @returns The folder's path.
 * @throws {LoomError} `not-permitted`, `disk-full` and others of the disk.
 */
export function makeStateFolder(project: string): string {
  const folder = `${project}/.loom`;
  if (hostFileReader.stat(`${folder}/.gitignore`) !== undefined) return folder;
  hostFileWriter.makeDirectory(folder);
  hostFileWriter.writeAtomic(`${folder}/.gitignore`, IGNORED);
  return folder;
}

/**
 * Opens the database for writing, made or brought up to date as needed.
 *
 * One that is damaged is set aside as `loom.db.corrupt-<time>`, an empty one takes its place and `onNotice` hears it.
 *
 * @throws {LoomError} `store-too-new`, `not-permitted`, `busy`, `disk-full`.
 */
export function openForWriting(path: string, onNotice: (message: string) => void): DatabaseSync {
  try {
    return openOnce(path);
  } catch (error) {
    if (!isCorruption(error)) throw storeError(path, error);
  }
  const aside = setAside(path);
  onNotice(`The database ${path} was damaged and is now ${aside}; history and cache start anew`);
  return openOnce(path);
}

/**
 * As {@linkcode openForWriting}, but a damaged database is refused and left where it is.
 *
 * @throws {LoomError} `store-too-new`, `store-corrupt`, `not-permitted`, `busy`, `disk-full`.
 */
export function openIntact(path: string): DatabaseSync {
  try {
    return openOnce(path);
  } catch (error) {
    throw storeError(path, error);
  }
}

function openOnce(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    refuseTruncated(path);
    const settings =
      `PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA page_size = ${pageBytes}; PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${checkpointPages}`;
    patiently(() => database.exec(settings));
    migrate(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** How long to wait before trying again. */
const AGAIN_MS = 5;

/** Two looms that make a database at once both want it whole, and SQLite sends one away at once: that one tries again. */
function patiently(work: () => void): void {
  const untilMs = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!/locked|busy/i.test((error as Error).message) || performance.now() > untilMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
    }
  }
}

/**
 * Pages that the header counts but the file lacks are found here at once, not by some later question in mid-run. Unless
 * they are in the log: a checkpoint that was cut short, by `kill -9` or a full disk, leaves them there.
 */
function refuseTruncated(path: string): void {
  if ((hostFileReader.stat(`${path}-wal`)?.sizeBytes ?? 0) > 0) return;
  using file = Deno.openSync(path);
  const header = new DataView(new ArrayBuffer(100));
  if (file.readSync(new Uint8Array(header.buffer)) !== 100) return;
  const itsPageBytes = header.getUint16(16) === 1 ? 65_536 : header.getUint16(16);
  // The count is valid only if these two agree.
  const counted = header.getUint32(24) === header.getUint32(92);
  const missing = counted && header.getUint32(28) * itsPageBytes > file.statSync().size;
  if (missing) throw new Error("database disk image is malformed: it is shorter than its header says");
}

/** Keeps the damaged file with its companions for whoever wants to look; ISO time without colons, for Windows. */
function setAside(path: string): string {
  const aside = `${path}.corrupt-${new Date().toISOString().replaceAll(":", "")}`;
  for (const suffix of ["", "-wal", "-shm"]) {
    try {
      Deno.renameSync(path + suffix, aside + suffix);
    } catch (error) {
      if (osCode(error) !== "ENOENT") throw fileError("set aside", path + suffix, error);
    }
  }
  return aside;
}

/**
 * Opens the database for reading; `undefined` if there is none yet. Creates nothing, and changes nothing but an old schema.
 *
 * @throws {LoomError} `store-too-new`, `store-corrupt`, `not-permitted`.
 */
export function openForReading(path: string): DatabaseSync | undefined {
  if ((hostFileReader.stat(path)?.sizeBytes ?? 0) === 0) return undefined;
  try {
    const database = new DatabaseSync(readingName(path), { readOnly: true });
    const version = readableVersion(database, path);
    if (version === schemaVersion) return database;
    database.close();
    // Older tables cannot be read by this loom's questions; bringing them up to date is the one change reading makes.
    if (version > 0) openOnce(path).close();
    return version > 0 ? new DatabaseSync(path, { readOnly: true }) : undefined;
  } catch (error) {
    throw storeError(path, error);
  }
}

/**
 * Reading a WAL database makes `-wal` and `-shm` files unless SQLite is told that nothing changes it.
 * Nothing does when there is no `-wal`: every writer has one for as long as it lives.
 */
function readingName(path: string): string {
  if (hostFileReader.stat(`${path}-wal`) !== undefined) return path;
  const address = path.replaceAll("%", "%25").replaceAll("?", "%3f").replaceAll("#", "%23").replaceAll("\\", "/");
  return `file:${address.startsWith("/") ? "//" : "///"}${address}?immutable=1`;
}

function readableVersion(database: DatabaseSync, path: string): number {
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    const version = versionOf(database);
    refuseNewer(version, path);
    return version;
  } catch (error) {
    database.close();
    throw error instanceof LoomError ? error : storeError(path, error);
  }
}
