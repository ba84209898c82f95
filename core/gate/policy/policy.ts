/**
 * Policies in their one normal form.
 *
 * @module
 */

import { LoomError, type Problem } from "../../errors.ts";
import { isInside, normalizePath, pathStyle } from "../../paths.ts";
import type { Policy } from "../../ports/policy.ts";
import { hostCovers, type HostPattern, hostText, isHostFault, parseHost } from "./hosts.ts";
import { policyProblems } from "./problems.ts";
import { shownName } from "./shown.ts";

/**
 * The same policy, written the one way in which it is compared, shown and hashed: sorted, nothing twice, nothing that
 * another entry covers already.
 *
 * @throws {LoomError} `policy-invalid`, with everything that is wrong.
 */
export function normalizePolicy(policy: Policy): Policy {
  const problems = policyProblems(policy);
  if (problems.length > 0) throw policyInvalid(policy, problems);
  const { actor, action, tier, programs, variables, budget } = policy;
  const write = outermost(policy.write, saysMore);
  const read = outermost(policy.read).filter((path) => !write.some((folder) => isInside(path, folder)));
  return {
    actor,
    action,
    tier,
    read,
    write,
    hosts: normalHosts(policy.hosts),
    programs: sorted(programs),
    variables: sorted(variables),
    ...(budget === undefined ? {} : { budget: defined(budget) }),
  };
}

function policyInvalid({ actor }: Policy, problems: readonly Problem[]): LoomError {
  return new LoomError("policy-invalid", `Cannot say what ${actor} may do: ${problems[0].message}`, {
    hint: problems[0].hint,
    data: { actor },
    problems,
  });
}

/** What a sandbox keeps from being written in a folder that may be, unless it is named itself. */
function saysMore(path: string): boolean {
  return /[\\/]\.git$/.test(path);
}

/** Without what lies in another, but for what it is `kept` for; the tidy spelling of each. */
function outermost(paths: readonly string[], kept: (path: string) => boolean = () => false): readonly string[] {
  const tidy = sorted(paths.map((path) => normalizePath(path, pathStyle(path))));
  // Where upper and lower case are the same, two may lie in each other: the first of them stays.
  const covers = (other: string, at: number, path: string, mine: number) =>
    at !== mine && isInside(path, other) && (at < mine || !isInside(other, path));
  return tidy.filter((path, mine) => kept(path) || !tidy.some((other, at) => covers(other, at, path, mine)));
}

function normalHosts(hosts: readonly string[]): readonly string[] {
  const patterns = new Map(hosts.map((host) => readHost(host)).map((pattern) => [hostText(pattern), pattern]));
  const all = joined([...patterns.values()]);
  return sorted(
    all.filter((pattern) => !all.some((other) => other !== pattern && hostCovers(other, pattern))).map(hostText),
  );
}

/** `example.org:80` and `example.org:443` together are `example.org`. */
function joined(patterns: readonly HostPattern[]): readonly HostPattern[] {
  const usual = patterns.filter(({ ports }) => ports.length === 1 && ports[0] === 80).flatMap((pattern) => {
    const whole = { ...pattern, ports: [80, 443] };
    const other = patterns.some((it) => hostText(it) === hostText({ ...pattern, ports: [443] }));
    const isNew = !patterns.some((it) => hostText(it) === hostText(whole));
    return other && isNew ? [whole] : [];
  });
  return [...patterns, ...usual];
}

/** A host of a policy that was found right. @throws {TypeError} If it was not. */
export function readHost(host: string): HostPattern {
  const read = parseHost(host);
  if (isHostFault(read)) throw new TypeError(`Cannot read the host ${shownName(host)}: ${read.fault}`);
  return read;
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort((a, b) => a < b ? -1 : 1);
}

function defined<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
