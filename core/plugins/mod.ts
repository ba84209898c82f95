/**
 * Plugins: what they say of themselves, what they may, and how they are kept.
 *
 * @module
 */

export { definePlugin } from "./define.ts";
export { type CheckedPlugin, checkPlugin, manifestText, PORTS } from "./manifest.ts";
export { askedRights, type Right, RIGHTS } from "./permissions.ts";
export { pluginPolicy, programStart, startOf } from "./policy.ts";
export { writeProgram } from "./program_files.ts";
export { type PrepareOutside, preparePlugin } from "./prepare.ts";
export { PROJECT_PLUGINS, readWanted, type WantedPlugin, type WantedState, wantedStates } from "./project.ts";
export { rightInWords, type RightsInWords, rightsInWords } from "./rights.ts";
export { type RightEntry, type RightsDiff, rightsDiff } from "./rights_diff.ts";
export { isSameCommand, type PluginCandidate, type PluginOutside, PluginShelf } from "./store.ts";
export { notAsAdded } from "./store_errors.ts";
