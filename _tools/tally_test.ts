import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { failuresOf, tallyOf } from "./tally.ts";

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

Deno.test("failuresOf() names what failed and what did not run, with what was said", () => {
  const report = `<testsuites><testsuite name="./a_test.ts">
    <testcase name="fine" classname="./a_test.ts" time="0.1" line="1" col="6">
    </testcase>
    <testcase name="a &quot;b&quot;" classname="./a_test.ts" time="0.1" line="2" col="6">
      <failure message="no
&lt;x&gt;">Error: no
&lt;x&gt; &amp;lt;
    at y.ts:1</failure>
    </testcase>
    <testcase name="left out" classname="./a_test.ts" time="0.1" line="9" col="6">
      <skipped/>
    </testcase></testsuite></testsuites>`;
  deepEqual(failuresOf(report), [
    { name: 'a "b"', where: "./a_test.ts:2", text: "Error: no\n<x> &lt;\n    at y.ts:1" },
    { name: "left out", where: "./a_test.ts:9", text: "" },
  ]);
});
