import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { ErrorSchema } from "./event_schema.ts";
import { configNotFound, pipelineInvalid, usage } from "../../../core/errors.ts";
import { errorJson, errorLines, problemLine, unexpectedLines } from "./problems.ts";

const STYLE = { cwd: "/w", color: false };

Deno.test("problemLine() says where, what, and what to do", () => {
  equal(
    problemLine({
      ...{ level: "error", code: "unknown-reference", message: "Unknown reference $epcohs" },
      ...{ hint: "did you mean $epochs?", file: "/w/sub/p.yml", line: 3, column: 9 },
    }, STYLE),
    "error: sub/p.yml:3:9: Unknown reference $epcohs; did you mean $epochs?",
  );
  equal(
    problemLine({ level: "warning", code: "x", message: "Odd", file: "/elsewhere/p.yml" }, STYLE),
    "warning: /elsewhere/p.yml: Odd",
  );
});

Deno.test("errorLines() tells all problems at once, or else the error itself", () => {
  const problems = ["One", "Two"].map((message) => ({ level: "error", code: "x", message } as const));
  deepEqual(errorLines(pipelineInvalid("/w/p.yml", problems), STYLE), ["error: One", "error: Two"]);
  deepEqual(errorLines(configNotFound("/w/../p.yml"), STYLE), ["error: Config file not found: ../p.yml"]);
  deepEqual(errorLines(usage("No", "do so"), STYLE), ["error: No; do so"]);
});

Deno.test("unexpectedLines() shows the stack only to whoever looks for the fault", () => {
  const error = new TypeError("boom");
  equal(unexpectedLines(error, { color: false, debug: false }).length, 1);
  equal(unexpectedLines(error, { color: false, debug: true })[1], error.stack);
});

Deno.test("errorJson() tells a program what errorLines() tells a person", () => {
  const problem = {
    level: "error",
    code: "unknown-reference",
    message: "Unknown reference $x",
    file: "/w/p.yml",
  } as const;
  const error = pipelineInvalid("/w/p.yml", [{ ...problem, path: ["pipeline", 0], line: 3, column: 9 }]);
  const told = ErrorSchema.strict().parse(JSON.parse(errorJson(error)));
  deepEqual(told.problems, [{ ...problem, line: 3, column: 9 }]);
  equal(told.code, "pipeline-invalid");
  equal(ErrorSchema.parse(JSON.parse(errorJson(usage("No file", "name one")))).hint, "name one");
});
