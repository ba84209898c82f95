/**
 * Whether a machine has what loom needs: facts are collected, then each check judges them by itself.
 *
 * @module
 */

import { collectFacts, type DoctorOutside } from "./collect.ts";
import { checkFiles, checkHome, checkLog, checkSettings, checkSpace, checkStore } from "./disks.ts";
import type { DoctorFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { checkClock, checkConfig, checkLocale, checkProviders } from "./person.ts";
import { checkDeno, checkGit, checkPlugins, checkPython, checkSandbox } from "./programs.ts";

export type { DoctorOutside } from "./collect.ts";
export type { DoctorFacts } from "./facts.ts";
export type { Finding, FindingState } from "./finding.ts";

/** All findings, in the order in which they are shown. */
export function judgeMachine(facts: DoctorFacts): readonly Finding[] {
  return [
    checkDeno(facts),
    checkPython(facts),
    checkGit(facts),
    checkSandbox(facts),
    checkPlugins(facts),
    checkConfig(facts),
    ...checkProviders(facts),
    checkStore(facts),
    checkSpace(facts),
    checkFiles(facts),
    checkLog(facts),
    checkHome(facts),
    checkSettings(facts),
    checkLocale(facts),
    checkClock(facts),
  ];
}

/** What was found, and the environment whose secrets must not be shown with it. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly environment: DoctorFacts["config"]["environment"];
}

/** Looks at the machine and judges it. */
export async function examine(outside: DoctorOutside): Promise<Diagnosis> {
  const facts = await collectFacts(outside);
  return { findings: judgeMachine(facts), environment: facts.config.environment };
}
