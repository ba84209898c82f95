/**
 * Checks of what a person has set: settings, keys, language, clock.
 *
 * @module
 */

import { PROVIDER_NEEDS } from "../config/mod.ts";
import type { DoctorFacts } from "./facts.ts";
import { fail, type Finding, pass, warn } from "./finding.ts";

/** Whether settings can be used. */
export function checkConfig({ config }: DoctorFacts): Finding {
  const errors = config.problems.filter(({ level }) => level === "error");
  const warnings = config.problems.filter(({ level }) => level === "warning");
  const fix = "loom config check says where";
  if (errors.length > 0) return fail("config", `${counted(errors.length, "error")}: ${errors[0].message}`, fix);
  if (warnings.length > 0) return warn("config", `${counted(warnings.length, "warning")}: ${warnings[0].message}`, fix);
  return pass("config", "valid");
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

/** One finding for each model provider in use: whether it has what it needs. Never what that is. */
export function checkProviders({ config: { config, environment }, programs }: DoctorFacts): readonly Finding[] {
  const inUse = [...new Set([config.code_provider, config.feedback_provider])];
  return inUse.map((provider): Finding => {
    const name = `provider ${provider}`;
    const { variable, program } = PROVIDER_NEEDS[provider] ?? {};
    if (program !== undefined) {
      if (programs[program]?.path !== undefined) return pass(name, `${program} is installed`);
      return warn(
        name,
        `There is no program ${program}`,
        `install it and log in, or choose another with --model-provider`,
      );
    }
    if (variable === undefined) return pass(name, "needs nothing that is known here");
    const origin = environment.get(variable)?.origin;
    if (origin !== undefined) return pass(name, `${variable} is set${origin.kind === "env-file" ? ", in .env" : ""}`);
    const message = `${variable} is unset; verbs that ask no model need none`;
    return warn(name, message, `export ${variable}=…, or choose another with --model-provider`);
  });
}

/** Whether names and texts are shown as they are. */
export function checkLocale({ locale: { all, ctype, lang }, platform }: DoctorFacts): Finding {
  if (platform === "windows") return pass("locale", "decided by the terminal");
  const effective = [all, ctype, lang].find((value) => value !== undefined && value !== "");
  const fix = "export LANG=C.UTF-8";
  if (effective === undefined) return warn("locale", "No language is set; programs may not write UTF-8", fix);
  if (/utf-?8/i.test(effective)) return pass("locale", effective);
  return warn("locale", `${effective} is not UTF-8`, fix);
}

/** 2026-01-01, before which this was not written. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
const SKEW_MS = 5 * 60_000;

/** Whether it is about the time that the clock says. */
export function checkClock({ nowMs, database }: DoctorFacts): Finding {
  const fix = "set the clock, or switch on its synchronisation";
  const shown = new Date(nowMs).toISOString().slice(0, 16);
  if (nowMs < EARLIEST_MS || nowMs > LATEST_MS) return fail("clock", `The clock says ${shown}`, fix);
  if (database !== undefined && database.changedMs > nowMs + SKEW_MS) {
    return warn("clock", `The clock says ${shown}, and the store was written later than that`, fix);
  }
  return pass("clock", `${shown} UTC`);
}
