import { strictEqual as equal, throws } from "node:assert/strict";
import { Float, type Value } from "../yaml/value.ts";
import { evaluateWhen, parseWhen } from "./when.ts";

const PARAMETERS = new Map<string, Value>([
  ["epochs", 10],
  ["lr", new Float(0.1)],
  ["backend", "local"],
  ["draft", false],
  ["seed", null],
  ["tags", ["a", 1]],
]);

function holds(text: string): boolean {
  return evaluateWhen(parseWhen(text, { names: PARAMETERS.keys() }), PARAMETERS);
}

const ANSWERS: Readonly<Record<string, boolean>> = {
  "epochs > 5 and backend == 'local'": true,
  "epochs > 5 and backend == 'cloud'": false,
  "not draft": true,
  "draft == false": true,
  "draft == False or seed": true,
  "seed == null": true,
  "seed == None": true,
  "backend in ['local', 'test']": true,
  'backend not in ["local"]': false,
  "'oca' in backend": true,
  "1 in tags and 2 not in tags": true,
  "1 < epochs <= 10": true,
  "lr >= 0.1 and lr > -1": true,
  "(draft or epochs) and not (lr == 1)": true,
  "tags == ['a', 1.0]": true,
  "tags": true,
};

for (const [text, expected] of Object.entries(ANSWERS)) {
  Deno.test(`evaluateWhen() says ${expected} to ${text}`, () => equal(holds(text), expected));
}

Deno.test("parseWhen() refuses arithmetic, calls and choices", () => {
  for (const text of ["epochs + 1 > 2", "epochs ** 2", "int('1') > 0", "1 if draft else 0"]) {
    throws(() => holds(text), { code: "expression-invalid" }, text);
  }
});

Deno.test("parseWhen() names the nearest parameter", () => {
  throws(() => holds("epcohs > 5"), { code: "expression-invalid", hint: "did you mean 'epochs'?" });
  throws(() => holds("epochs = 5"), { code: "expression-invalid", hint: "did you mean '=='?" });
  throws(() => holds("$epochs > 5"), { code: "expression-invalid", hint: "write the name without $" });
});

Deno.test("evaluateWhen() fails where values cannot be compared", () => {
  throws(() => holds("backend > 5"), { code: "expression-failed" });
});
