import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { tallyOf } from "./tally.ts";

Deno.test("tallyOf() adds up failures and errors", () => {
  deepEqual(tallyOf('<testsuites name="deno test" tests="9" failures="2" errors="1" time="0.1">'), {
    passed: 6,
    failed: 3,
  });
});

Deno.test("tallyOf() counts a test that did not run as failed", () => {
  const report = '<testsuites tests="2" failures="0" errors="0"><testcase name="a"><skipped/></testcase></testsuites>';
  deepEqual(tallyOf(report), { passed: 1, failed: 1 });
});

Deno.test("tallyOf() counts nothing when there is no report", () => {
  deepEqual(tallyOf(""), { passed: 0, failed: 0 });
});
