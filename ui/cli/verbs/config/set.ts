/**
 * `loom config set KEY VALUE`: one setting, into its file.
 *
 * @module
 */

import { type Origin, readConfig, setConfig, shownValue, withoutLogin } from "../../../../core/config/mod.ts";
import { type Problem, usage } from "../../../../core/errors.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { displayPath, tellProblems } from "../../view/problems.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { unusedHint, withoutSecrets } from "./shared.ts";

/** Writes the setting, and says where, and whether something stronger still holds here. */
export async function setVerb({ words, flags }: AuthorityCommand<"config set">, host: Host): Promise<number> {
  const [key, value] = words;
  if (key === undefined || value === undefined) throw usage("config set needs KEY and VALUE");
  const context = await host.context();
  const result = await setConfig({ key, words: value, user: flags.user === true }, context);
  const read = await readConfig(context);
  const terminal = withoutSecrets(host, read.environment);
  const shown = shownValue(result.value);
  const { file } = result;
  if (flags.json) {
    const document = { type: "config-set", key: result.key, value: withoutLogin(result.value), file };
    terminal.write(`${JSON.stringify({ ...document, created: result.created })}\n`);
  } else terminal.write(`Set ${result.key} = ${shown} in ${displayPath(file, context.cwd)}.\n`);
  const setting = read.settings.find((setting) => setting.key === result.key)!;
  const { origin } = setting;
  const isHidden = origin.kind !== "file" || origin.file !== file;
  tellProblems(isHidden ? [hidden(result.key, origin)] : unusedHint(setting), terminal, context.cwd);
  return EXIT.done;
}

/** What was written does not hold here: something stronger is set too. */
function hidden(key: string, origin: Origin): Problem {
  const place = origin.kind === "file" ? { file: origin.file, line: origin.line, column: origin.column } : {};
  const stronger = "name" in origin ? origin.name : "This";
  return {
    level: "hint",
    code: "config-hidden",
    message: `${stronger} sets ${key} too, and is stronger here`,
    ...place,
  };
}
