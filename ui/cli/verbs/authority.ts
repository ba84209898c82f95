/**
 * The verbs about plugins, tools, authority and settings, each loaded when it is asked for.
 *
 * @module
 */

import type { Host } from "../base/host.ts";
import type { AnyAuthorityCommand } from "../words/command.ts";

/** Does what the command asks for. */
export async function authorityVerb(command: AnyAuthorityCommand, host: Host): Promise<number> {
  switch (command.verb) {
    case "plugin add":
      return await (await import("./plugin/add.ts")).addVerb(command, host);
    case "plugin list":
      return await (await import("./plugin/list.ts")).listVerb(command, host);
    case "plugin info":
      return await (await import("./plugin/info.ts")).infoVerb(command, host);
    case "plugin remove":
      return await (await import("./plugin/remove.ts")).removeVerb(command, host);
    case "plugin update":
      return await (await import("./plugin/update.ts")).updateVerb(command, host);
    case "plugin verify":
      return await (await import("./plugin/verify.ts")).verifyVerb(command, host);
    case "plugin test":
      return await (await import("./plugin/test.ts")).testVerb(command, host);
    case "plugin new":
      return await (await import("./plugin/new.ts")).newVerb(command, host);
    case "tool list":
      return await (await import("./tool/list.ts")).listVerb(command, host);
    case "tool info":
      return await (await import("./tool/info.ts")).infoVerb(command, host);
    case "tool run":
      return await (await import("./tool/run.ts")).runVerb(command, host);
    case "undo":
      return await (await import("./undo.ts")).undoVerb(command, host);
    case "audit":
      return await (await import("./audit.ts")).auditVerb(command, host);
    case "audit verify":
      return await (await import("./audit.ts")).auditVerifyVerb(command, host);
    case "config show":
      return await (await import("./config/show.ts")).showVerb(command, host);
    case "config check":
      return await (await import("./config/check.ts")).checkVerb(command, host);
    case "config set":
      return await (await import("./config/set.ts")).setVerb(command, host);
    case "config path":
      return await (await import("./config/path.ts")).pathVerb(command, host);
    case "config schema":
      return (await import("./config/schema.ts")).schemaVerb(host);
    case "doctor":
      return await (await import("./doctor.ts")).doctorVerb(command, host);
  }
}
