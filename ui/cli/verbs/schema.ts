import { EXIT } from "../base/exit_code.ts";
import { usageVerb } from "../words/help.ts";
import type { Host } from "../base/host.ts";
import type { Command } from "../words/command.ts";

/** `loom schema events`: the JSON Schema of what `--json` prints. */
export async function schemaVerb(command: Extract<Command, { verb: "schema" }>, host: Host): Promise<number> {
  const [{ z }, { SCHEMAS }] = await Promise.all([import("zod"), import("../view/event_schema.ts")]);
  const what = command.what ?? "events";
  if (!isName(what, SCHEMAS)) {
    const problem = `Unknown schema '${what}'; it knows ${Object.keys(SCHEMAS).join(", ")}`;
    return usageVerb({ verb: "usage", of: "schema", problems: [problem] }, host.terminal);
  }
  host.terminal.write(`${JSON.stringify(z.toJSONSchema(SCHEMAS[what]), null, 2)}\n`);
  return EXIT.done;
}

function isName<T extends object>(what: string, names: T): what is string & keyof T {
  return Object.hasOwn(names, what);
}
