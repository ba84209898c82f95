/**
 * All that is promised of loops, whatever store they are in.
 *
 * @module
 */

import type { Behaviour } from "../support/behaviour.ts";
import { budgets } from "./budget.ts";
import { definition, synchronous } from "./definition.ts";
import { forking } from "./fork.ts";
import { keeping } from "./keep.ts";
import { nested } from "./nested.ts";
import { order } from "./order.ts";
import { parallel } from "./parallel.ts";
import { pausing } from "./pause.ts";
import { promises } from "./promises.ts";
import { resuming } from "./resume.ts";

/** For stores that answer by promise. */
export const waiting: readonly Behaviour[] = [
  promises,
  definition,
  order,
  budgets,
  resuming,
  nested,
  parallel,
  pausing,
  forking,
  keeping,
];

/** For stores that answer at once. */
export const everything: readonly Behaviour[] = [...waiting, synchronous];
