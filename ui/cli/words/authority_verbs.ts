/**
 * The verbs about plugins, tools, authority and settings, for the table of all verbs.
 *
 * @module
 */

import { AUTHORITY_FLAGS, type AuthorityVerb } from "./authority_flags.ts";
import type { FlagInfo, VerbInfo } from "./verb_info.ts";

const PLUGIN = { name: "NAME", brief: "Name of the plugin" };
const TOOL = { name: "NAME", brief: "Name of the tool" };

type Told = Omit<VerbInfo, "flags" | "sections">;

function verb(name: AuthorityVerb, told: Told): VerbInfo {
  const flags = AUTHORITY_FLAGS[name] as Readonly<Record<string, FlagInfo>>;
  const names = Object.keys(flags);
  return { ...told, flags, sections: names.length === 0 ? [] : [["Options", names]] };
}

/** What help says of each. */
export const AUTHORITY_VERBS: Readonly<Record<AuthorityVerb, VerbInfo>> = {
  "plugin add": verb("plugin add", {
    brief: "Add a plugin, after showing the rights it asks for",
    usage: "plugin add SOURCE [options]",
    positionals: [{ name: "SOURCE", brief: "A folder, a file, npm:NAME@VERSION, an https address or a git address" }],
    examples: [
      ["loom plugin add ./greet", "a folder"],
      ["loom plugin add npm:loom-greet@1.2.0 --dry-run", "only look"],
    ],
  }),
  "plugin list": verb("plugin list", {
    brief: "List plugins, what they provide and what they may do",
    usage: "plugin list [options]",
    positionals: [],
    examples: [["loom plugin list", "a table"]],
  }),
  "plugin info": verb("plugin info", {
    brief: "Show all about one plugin",
    usage: "plugin info NAME",
    positionals: [PLUGIN],
    examples: [["loom plugin info greet", "rights, digest, where it came from"]],
  }),
  "plugin remove": verb("plugin remove", {
    brief: "Remove a plugin",
    usage: "plugin remove NAME [options]",
    positionals: [PLUGIN],
    examples: [["loom plugin remove greet", "its files and its rights"]],
  }),
  "plugin update": verb("plugin update", {
    brief: "Fetch plugins again; one that asks for more rights asks you again",
    usage: "plugin update [NAME] [options]",
    positionals: [{ ...PLUGIN, optional: true }],
    examples: [["loom plugin update", "all of them"], ["loom plugin update greet", "one"]],
  }),
  "plugin verify": verb("plugin verify", {
    brief: "Check that no plugin was changed after it was added",
    usage: "plugin verify [NAME]",
    positionals: [{ ...PLUGIN, optional: true }],
    examples: [["loom plugin verify", "1 if one was"]],
  }),
  "plugin test": verb("plugin test", {
    brief: "Run the contract suite of a plugin's ports on it",
    usage: "plugin test NAME|DIR",
    positionals: [{ name: "NAME|DIR", brief: "A plugin that was added, or the folder of one" }],
    examples: [
      ["loom plugin test ./greet", "before it is published"],
      ["loom plugin test ./greet --dev", "while it is being written"],
    ],
  }),
  "plugin new": verb("plugin new", {
    brief: "Write the beginning of a plugin",
    usage: "plugin new NAME [options]",
    positionals: [PLUGIN],
    examples: [["loom plugin new greet --port tool", "a folder that passes its suite"]],
  }),
  "tool list": verb("tool list", {
    brief: "List tools",
    usage: "tool list [options]",
    positionals: [],
    examples: [["loom tool list", "a table"]],
  }),
  "tool info": verb("tool info", {
    brief: "Show what a tool does and takes",
    usage: "tool info NAME",
    positionals: [TOOL],
    examples: [["loom tool info edit_file", "its arguments"]],
  }),
  "tool run": verb("tool run", {
    brief: "Call a tool",
    usage: "tool run NAME --json ARGS [options]",
    positionals: [TOOL],
    examples: [
      [`loom tool run read_file --json '{"path":"README.md"}'`, "print a file"],
      [`loom tool run shell_execute --json '{"command":"make test"}'`, "in the sandbox"],
      ["loom tool run edit_file --json @edit.json --format json", "arguments from a file"],
    ],
  }),
  "undo": verb("undo", {
    brief: "Take back what tools changed",
    usage: "undo [CHANGE] [options]",
    positionals: [{ name: "CHANGE", brief: "Number of one change; the newest task's unless given", optional: true }],
    examples: [["loom undo --dry-run", "what would be taken back"], ["loom undo", "the newest task's changes"]],
  }),
  "audit": verb("audit", {
    brief: "Show what was decided and done",
    usage: "audit [options]",
    positionals: [],
    examples: [["loom audit --limit 20", "the newest"], ["loom audit --json", "all fields"]],
  }),
  "audit verify": verb("audit verify", {
    brief: "Check that the log was not changed",
    usage: "audit verify [options]",
    positionals: [],
    examples: [["loom audit verify", "1 if it was, and where"]],
  }),
  "config show": verb("config show", {
    brief: "Show the settings that hold here",
    usage: "config show [options]",
    positionals: [],
    examples: [["loom config show --origin", "and where each comes from"]],
  }),
  "config check": verb("config check", {
    brief: "Check settings, all problems at once",
    usage: "config check [FILE] [options]",
    positionals: [{ name: "FILE", brief: "One file; all that hold here unless given", optional: true }],
    examples: [["loom config check", "1 if something is wrong"]],
  }),
  "config set": verb("config set", {
    brief: "Write a setting into its file, which otherwise stays as it is",
    usage: "config set KEY VALUE [options]",
    positionals: [{ name: "KEY", brief: "Such as budget.steps" }, { name: "VALUE", brief: "Its value" }],
    examples: [["loom config set budget.steps 20", "in loom.yaml"]],
  }),
  "config path": verb("config path", {
    brief: "Show where settings are looked for",
    usage: "config path [options]",
    positionals: [],
    examples: [["loom config path", "each place, and whether it is there"]],
  }),
  "config schema": verb("config schema", {
    brief: "Print the JSON Schema of a settings file, for editors",
    usage: "config schema",
    positionals: [],
    examples: [["loom config schema > loom.schema.json", "once"]],
  }),
  "doctor": verb("doctor", {
    brief: "Look whether this machine has what loom needs",
    usage: "doctor [options]",
    positionals: [],
    examples: [["loom doctor", "each check, with what to do"]],
  }),
};
