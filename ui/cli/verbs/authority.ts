/**
 * The verbs about plugins, tools, authority and settings, each loaded when it is asked for.
 *
 * @module
 */

import type { Host } from "../base/host.ts";
import type { AnyAuthorityCommand } from "../words/command.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

/** One verb needs little of what all of them need. */
const verbs = {
  pluginAdd: (): Promise<typeof import("./plugin/add.ts")> => import(isReached ? "./plugin/add.ts" : "./plugin/add.ts"),
  pluginList: (): Promise<typeof import("./plugin/list.ts")> =>
    import(isReached ? "./plugin/list.ts" : "./plugin/list.ts"),
  pluginInfo: (): Promise<typeof import("./plugin/info.ts")> =>
    import(isReached ? "./plugin/info.ts" : "./plugin/info.ts"),
  pluginRemove: (): Promise<typeof import("./plugin/remove.ts")> =>
    import(isReached ? "./plugin/remove.ts" : "./plugin/remove.ts"),
  pluginUpdate: (): Promise<typeof import("./plugin/update.ts")> =>
    import(isReached ? "./plugin/update.ts" : "./plugin/update.ts"),
  pluginVerify: (): Promise<typeof import("./plugin/verify.ts")> =>
    import(isReached ? "./plugin/verify.ts" : "./plugin/verify.ts"),
  pluginTest: (): Promise<typeof import("./plugin/test.ts")> =>
    import(isReached ? "./plugin/test.ts" : "./plugin/test.ts"),
  pluginNew: (): Promise<typeof import("./plugin/new.ts")> => import(isReached ? "./plugin/new.ts" : "./plugin/new.ts"),
  toolList: (): Promise<typeof import("./tool/list.ts")> => import(isReached ? "./tool/list.ts" : "./tool/list.ts"),
  toolInfo: (): Promise<typeof import("./tool/info.ts")> => import(isReached ? "./tool/info.ts" : "./tool/info.ts"),
  toolRun: (): Promise<typeof import("./tool/run.ts")> => import(isReached ? "./tool/run.ts" : "./tool/run.ts"),
  undo: (): Promise<typeof import("./undo.ts")> => import(isReached ? "./undo.ts" : "./undo.ts"),
  audit: (): Promise<typeof import("./audit.ts")> => import(isReached ? "./audit.ts" : "./audit.ts"),
  configShow: (): Promise<typeof import("./config/show.ts")> =>
    import(isReached ? "./config/show.ts" : "./config/show.ts"),
  configCheck: (): Promise<typeof import("./config/check.ts")> =>
    import(isReached ? "./config/check.ts" : "./config/check.ts"),
  configSet: (): Promise<typeof import("./config/set.ts")> => import(isReached ? "./config/set.ts" : "./config/set.ts"),
  configPath: (): Promise<typeof import("./config/path.ts")> =>
    import(isReached ? "./config/path.ts" : "./config/path.ts"),
  configSchema: (): Promise<typeof import("./config/schema.ts")> =>
    import(isReached ? "./config/schema.ts" : "./config/schema.ts"),
  doctor: (): Promise<typeof import("./doctor.ts")> => import(isReached ? "./doctor.ts" : "./doctor.ts"),
};

/** Does what the command asks for. */
export async function authorityVerb(command: AnyAuthorityCommand, host: Host): Promise<number> {
  switch (command.verb) {
    case "plugin add":
      return await (await verbs.pluginAdd()).addVerb(command, host);
    case "plugin list":
      return await (await verbs.pluginList()).listVerb(command, host);
    case "plugin info":
      return await (await verbs.pluginInfo()).infoVerb(command, host);
    case "plugin remove":
      return await (await verbs.pluginRemove()).removeVerb(command, host);
    case "plugin update":
      return await (await verbs.pluginUpdate()).updateVerb(command, host);
    case "plugin verify":
      return await (await verbs.pluginVerify()).verifyVerb(command, host);
    case "plugin test":
      return await (await verbs.pluginTest()).testVerb(command, host);
    case "plugin new":
      return await (await verbs.pluginNew()).newVerb(command, host);
    case "tool list":
      return await (await verbs.toolList()).listVerb(command, host);
    case "tool info":
      return await (await verbs.toolInfo()).infoVerb(command, host);
    case "tool run":
      return await (await verbs.toolRun()).runVerb(command, host);
    case "undo":
      return await (await verbs.undo()).undoVerb(command, host);
    case "audit":
      return await (await verbs.audit()).auditVerb(command, host);
    case "audit verify":
      return await (await verbs.audit()).auditVerifyVerb(command, host);
    case "config show":
      return await (await verbs.configShow()).showVerb(command, host);
    case "config check":
      return await (await verbs.configCheck()).checkVerb(command, host);
    case "config set":
      return await (await verbs.configSet()).setVerb(command, host);
    case "config path":
      return await (await verbs.configPath()).pathVerb(command, host);
    case "config schema":
      return (await verbs.configSchema()).schemaVerb(host);
    case "doctor":
      return await (await verbs.doctor()).doctorVerb(command, host);
  }
}
