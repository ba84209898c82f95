/**
 * The settings as a page for people, made from the table.
 *
 * @module
 */

import { CONFIG_KEYS, isInUse, keyInfo } from "./keys.ts";
import { shownValue } from "./shown.ts";
import { VARIABLES } from "./variables.ts";

/** Markdown: how settings are found, every setting, every variable. */
export function settingsReference(): string {
  return [
    ...HEAD,
    ...table(["Setting", "Variable", "Option", "Default", "What it is"], CONFIG_KEYS.map(keyRow)),
    "",
    "\\* From a file that came with a project, and from its `.env`, this is pointed out: it decides where requests and keys",
    "go, or what is run.",
    "",
    "Verbs of this release read these; the others have their names already, so that files need not change:",
    "",
    `${CONFIG_KEYS.filter(isInUse).map((key) => `\`${key}\``).join(", ")}.`,
    "",
    "## Variables",
    "",
    "Of secrets loom only ever tells whether they are set. Switches say yes with `1`, `true`, `yes` or `on`.",
    "",
    ...table(["Variable", "Kind", "What it is"], Object.entries(VARIABLES).map(variableRow)),
    "",
  ].join("\n");
}

const HEAD: readonly string[] = [
  "# Settings",
  "",
  "Written by `deno run -A _tools/settings.ts` from the table that reads them (`core/config/keys.ts`).",
  "",
  "Each setting is taken from the first of these that has it:",
  "",
  "1. an option, such as `--steps 20`",
  "2. the environment; an empty variable is as good as absent",
  "3. `.env` in the folder loom is started in; variables that decide which programs are run are not taken from it",
  "4. the project's `loom.yaml` or `loom.toml`, in the folder that holds `.loom/`, else where loom is started",
  "5. your own `~/.config/loom/config.yaml` or `config.toml` (`XDG_CONFIG_HOME` counts)",
  "6. the default",
  "",
  "`--config FILE` stands in for both files. Relative paths begin where loom is started; those of a project's own file, and",
  "defaults, in the project's folder. A dot in a name stands for a map: `budget.steps` is `steps` in a map `budget`.",
  "",
  "`loom config show --origin` tells where each value comes from, `loom config check` everything that is wrong,",
  "`loom config set KEY VALUE` writes one, and `loom config schema` describes the file to an editor.",
  "",
  "Settings that cannot be used end a verb with exit code 2: they are part of the set-up. `loom config check` ends with 1",
  "if a file is missing or wrong, because there the file is what was asked about, and with 2 if only variables are wrong.",
  "",
  "Models that nobody chose a provider for go through loom's gateway (`loom-proxy`) if `loom_api_base` names another",
  "machine, or `LOOM_PROXY_DEFAULT` says so; loom says when that happens. An address in the project's own file does not",
  "count: a folder that was downloaded does not decide where prompts go.",
  "",
  "## Files, variables, options",
  "",
];

function keyRow(key: (typeof CONFIG_KEYS)[number]): readonly string[] {
  const { env, flag, fallback, brief, kind, sensitive } = keyInfo(key);
  const wants = /^(a text|a path)$/.test(kind.wants) ? brief : `${brief}; ${kind.wants}`;
  return [`\`${key}\`${sensitive ? " \\*" : ""}`, code(env), code(flag), shownValue(fallback), wants];
}

function variableRow([name, { kind, brief, sensitive }]: readonly [string, (typeof VARIABLES)[string]]) {
  return [`\`${name}\`${sensitive ? " \\*" : ""}`, kind, brief];
}

function code(text: string | undefined): string {
  return text === undefined ? "" : `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at].length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(" | ")} |`;
  return [line(all[0]), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...all.slice(1).map(line)];
}
