/**
 * Checks of disks, folders and the store.
 *
 * @module
 */

import type { DoctorFacts } from "./facts.ts";
import { fail, type Finding, pass, warn } from "./finding.ts";

const MB = 1e6;
const LITTLE_BYTES = 1_000 * MB;
const NOTHING_BYTES = 100 * MB;

const GROUP_WRITES = 0o020;
const WORLD_WRITES = 0o002;
const STICKY = 0o1000;

/** Whether runs can be recorded, and what was recorded is whole. */
export function checkStore(facts: DoctorFacts): Finding {
  const { state, project, database } = facts;
  const folder = state.facts ?? project.facts;
  const path = state.facts === undefined ? project.path : state.path;
  if (folder !== undefined && !folder.writable) {
    return fail("store", `Cannot write in ${path}`, `chmod u+w ${path}, or start loom in another folder`);
  }
  if (database?.problem !== undefined) {
    const fix = `loom sets it aside and begins anew with the next run; to keep what it holds, copy ${state.path} first`;
    return fail("store", `${state.path}/loom.db is damaged: ${database.problem}`, fix);
  }
  if (database === undefined) return pass("store", `${state.path} is made with the first run`);
  const size = bytesText(database.sizeBytes);
  return pass("store", `${state.path}, ${size}, ${database.complete ? "whole" : "too long to be read through here"}`);
}

/** Room for what runs write. */
export function checkSpace({ disk, project }: DoctorFacts): Finding {
  if (disk === undefined) return pass("space", "this system does not tell");
  const message = `${bytesText(disk.freeBytes)} free at ${project.path}`;
  if (disk.freeBytes < NOTHING_BYTES) return fail("space", message, "free some space there");
  if (disk.freeBytes < LITTLE_BYTES) return warn("space", message, "free some space there");
  return pass("space", message);
}

/** Who else may change what loom trusts: plugins, approvals. */
export function checkHome({ home }: DoctorFacts): Finding {
  return checkOwn("home", home, "set LOOM_HOME to a folder of your own");
}

/** Who else may change your settings, and so where your keys are sent. */
export function checkSettings({ settings }: DoctorFacts): Finding {
  if (settings === undefined) return pass("settings", "nobody's: HOME is not set");
  return checkOwn("settings", settings, "set XDG_CONFIG_HOME to a folder of your own");
}

function checkOwn(name: string, { path, facts }: DoctorFacts["home"], elsewhere: string): Finding {
  if (facts === undefined) return pass(name, `${path} is made when it is needed`);
  const { mode = 0o700, isOwn = true, writable } = facts;
  if ((mode & WORLD_WRITES) !== 0) {
    const sticky = (mode & STICKY) === 0 ? "" : ", although not remove what is yours";
    return fail(name, `Anybody can write in ${path}${sticky}`, `chmod 700 ${path}`);
  }
  if (!isOwn) return fail(name, `${path} belongs to somebody else`, elsewhere);
  if (!writable) return fail(name, `Cannot write in ${path}`, `chmod u+w ${path}`);
  if ((mode & GROUP_WRITES) !== 0) return warn(name, `Your group can write in ${path}`, `chmod 700 ${path}`);
  return pass(name, path);
}

/** Whether a file can take another's place at once, and how names are compared. */
export function checkFiles({ state, project }: DoctorFacts): Finding {
  const failure = state.trial?.rename;
  if (failure !== undefined) {
    return fail("files", `Cannot replace files in ${state.path}: ${failure}`, "move the project to a local disk");
  }
  const names = project.foldsCase === undefined
    ? "how names are compared cannot be told"
    : project.foldsCase
    ? "a name is the same in upper and lower case"
    : "upper and lower case are told apart";
  return pass("files", state.trial === undefined ? names : `files are replaced at once; ${names}`);
}

/** Whether several looms can share the store. */
export function checkLog({ state, disk }: DoctorFacts): Finding {
  const fix = "move the project to a local disk";
  const failure = state.trial?.log;
  if (failure !== undefined) return fail("wal", `SQLite cannot keep its log in ${state.path}: ${failure}`, fix);
  if (disk?.network !== undefined) {
    return warn("wal", `The project is on a network disk (${disk.network}), where locks are not reliable`, fix);
  }
  return pass("wal", state.trial === undefined ? "a local disk" : "works");
}

function bytesText(bytes: number): string {
  if (bytes >= 1_000 * MB) return `${(bytes / (1_000 * MB)).toFixed(1)} GB`;
  return bytes >= MB ? `${(bytes / MB).toFixed(1)} MB` : `${Math.ceil(bytes / 1_000)} KB`;
}
