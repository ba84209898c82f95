/** How many tests ended how. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Counts the tests of a JUnit report. A test that did not run counts as failed: none may be skipped in silence.
 *
 * @example Usage
 * ```ts
 * import { tallyOf } from "./tally.ts";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(tallyOf(`<testsuites tests="3" failures="1" errors="0">`), { passed: 2, failed: 1 });
 * ```
 */
export function tallyOf(report: string): Tally {
  const head = /<testsuites\b[^>]*>/.exec(report)?.[0] ?? "";
  const count = (name: string) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
  const failed = count("failures") + count("errors") + (report.match(/<skipped\b/g)?.length ?? 0);
  return { passed: count("tests") - failed, failed };
}

/** A test that failed or did not run, as a person looks for it. */
export interface Failure {
  readonly name: string;
  /** File and line of the test. */
  readonly where: string;
  /** What it said, the stack included; empty for a test that did not run. */
  readonly text: string;
}

const CASE = /<testcase name="([^"]*)" classname="([^"]*)"[^>]* line="(\d+)"[^>]*>([\s\S]*?)<\/testcase>/g;
const NOT_PASSED = /<failure\b[^>]*>([\s\S]*?)<\/failure>|<error\b[^>]*>([\s\S]*?)<\/error>|<skipped\b/;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

/**
 * The tests of a JUnit report that did not pass, in its order.
 *
 * @example Usage
 * ```ts
 * import { failuresOf } from "./tally.ts";
 * import { deepEqual } from "node:assert/strict";
 *
 * const report = `<testcase name="a &lt; b" classname="./a_test.ts" time="0.1" line="7" col="6"><failure>no</failure></testcase>`;
 * deepEqual(failuresOf(report), [{ name: "a < b", where: "./a_test.ts:7", text: "no" }]);
 * ```
 */
export function failuresOf(report: string): Failure[] {
  return [...report.matchAll(CASE)].flatMap(([, name, file, line, body]) => {
    const found = NOT_PASSED.exec(body);
    if (found === null) return [];
    return [{ name: plain(name), where: `${plain(file)}:${line}`, text: plain(found[1] ?? found[2] ?? "") }];
  });
}

function plain(xml: string): string {
  return xml.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ENTITIES[name]);
}
