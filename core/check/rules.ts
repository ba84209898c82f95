/**
 * Every rule, in no order that matters: findings are sorted by place.
 *
 * @module
 */

import type { Rule } from "./base/facts.ts";
import { argumentRule } from "./rules/arguments.ts";
import { fileRule, kindRule, metricsRule, settingRule } from "./rules/files.ts";
import { nameRule } from "./rules/names.ts";
import { placeRule } from "./rules/places.ts";
import { referenceRule } from "./rules/references.ts";
import { scriptRule } from "./rules/scripts.ts";
import { secretRule } from "./rules/secrets.ts";
import { typeRule } from "./rules/types.ts";
import { unusedOutputRule, unusedRule } from "./rules/unused.ts";

/** All of them. */
export const RULES: readonly Rule[] = [
  referenceRule,
  scriptRule,
  argumentRule,
  typeRule,
  fileRule,
  kindRule,
  metricsRule,
  settingRule,
  unusedRule,
  unusedOutputRule,
  nameRule,
  placeRule,
  secretRule,
];
