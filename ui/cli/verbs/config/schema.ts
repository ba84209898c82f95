import { configJsonSchema } from "../../../../core/config/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";

/** `loom config schema`: the JSON Schema of a file of settings. */
export async function schemaVerb({ terminal }: Host): Promise<number> {
  const { z } = await import("zod");
  terminal.write(`${JSON.stringify(configJsonSchema(z), null, 2)}\n`);
  return EXIT.done;
}
