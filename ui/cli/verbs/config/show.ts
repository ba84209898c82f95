/**
 * `loom config show`: the settings that hold here, and where each comes from.
 *
 * @module
 */

import {
  originText,
  printable,
  type ReadConfig,
  readConfig,
  shownValue,
  withoutLogin,
} from "../../../../core/config/mod.ts";
import type { Context } from "../../../../core/context.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { type Palette, palette } from "../../view/colors.ts";
import { displayPath, tellProblems } from "../../view/problems.ts";
import { tableLines } from "../../view/table.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { errorsOf, originDocument, problemDocument, refuse, withoutSecrets } from "./shared.ts";

/** Prints the table, or the document. Settings that cannot be used are told instead. */
export async function showVerb({ flags }: AuthorityCommand<"config show">, host: Host): Promise<number> {
  const context = await host.context();
  const { cwd } = context;
  const read = await readConfig(context, { file: flags.config });
  const terminal = withoutSecrets(host, read.environment);
  const errors = errorsOf(read);
  if (errors.length > 0) return refuse(errors, terminal, { cwd, json: flags.json });
  if (flags.json) terminal.write(`${JSON.stringify(document(read, context))}\n`);
  else terminal.write(lines(read, { cwd, origin: flags.origin === true, paint: palette(terminal.color) }));
  tellProblems(read.problems, terminal, cwd);
  return EXIT.done;
}

interface Style {
  readonly cwd: string;
  readonly origin: boolean;
  readonly paint: Palette;
}

function lines({ settings, variables }: ReadConfig, style: Style): string {
  const { paint, cwd } = style;
  const keys = settings.map(({ key, value, origin, untrusted }) => {
    const isDefault = origin.kind === "default";
    const shown = typeof value === "string" ? displayPath(shownValue(value), cwd) : shownValue(value);
    return [
      key,
      value === null || isDefault ? paint.dim(shown) : shown,
      ...from(originText(origin, cwd), untrusted, style),
    ];
  });
  const others = variables.filter(({ secret, set }) => secret || set).map((variable) => {
    const shown = variable.secret
      ? (variable.set ? "set" : "unset")
      : printable(displayPath(variable.value ?? "", cwd));
    const origin = variable.origin === undefined ? "" : originText(variable.origin, cwd);
    return [variable.name, variable.set ? shown : paint.dim(shown), ...from(origin, variable.untrusted, style)];
  });
  return [...tableLines(keys), "", ...tableLines(others), ""].join("\n");
}

function from(origin: string, untrusted: boolean, { origin: isShown, paint }: Style): readonly string[] {
  const mark = untrusted ? [paint.warn("from the project's files")] : [];
  return isShown ? [origin, ...mark] : mark;
}

function document({ settings, variables, places, problems }: ReadConfig, context: Context): object {
  return {
    type: "config",
    settings: settings.map(({ key, value, origin, untrusted }) => ({
      key,
      value: withoutLogin(value),
      origin: originDocument(origin, context),
      untrusted,
    })),
    variables: variables.map(({ name, secret, set, value, origin, untrusted }) => ({
      name,
      state: set ? "set" : "unset",
      ...(secret || value === undefined ? {} : { value }),
      ...(origin === undefined ? {} : { origin: originDocument(origin, context) }),
      untrusted,
    })),
    places,
    problems: problems.map(problemDocument),
  };
}
