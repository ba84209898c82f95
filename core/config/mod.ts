/**
 * Settings: what they are, where each comes from, and what is wrong with them.
 *
 * @module
 */

export { loadConfig, readConfig } from "./read.ts";
export { judgeText, readConfigFile } from "./files.ts";
export { sandboxLimits } from "./limits.ts";
export { originText } from "./origin.ts";
export { setConfig, type SetOutside, type SetRequest, type SetResult } from "./set.ts";
export { printable, shownValue, withoutLogin } from "./shown.ts";
export { userFolder } from "./user_folder.ts";
export { CONFIG_KEYS, type ConfigKey, type ConfigValue, isConfigKey, isInUse, type KeyInfo, keyInfo } from "./keys.ts";
export { PROVIDER_NEEDS, type ProviderNeed, SECRET_NAMES, VARIABLES } from "./variables.ts";
export { settingsReference } from "./reference.ts";
export { configJsonSchema, configSchema } from "./schema.ts";
export type {
  ConfigOutside,
  ConfigRequest,
  ConfigValues,
  Environment,
  LoomConfig,
  Origin,
  Place,
  ReadConfig,
  Setting,
  Variable,
} from "./types.ts";
