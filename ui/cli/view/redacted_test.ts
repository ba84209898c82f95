import { strictEqual as equal } from "node:assert/strict";
import { fakeTerminal } from "../../../tests/support/fake_terminal.ts";
import { RedactedTerminal } from "./redacted.ts";

Deno.test("RedactedTerminal shows no secret on either stream, and is the terminal otherwise", () => {
  const inner = fakeTerminal({ columns: 33, color: true, input: ["typed"] });
  const terminal = new RedactedTerminal(inner, () => ({ A_TOKEN: "canary-value", OTHER: "shown" }));
  terminal.write(`<canary-value> shown ${btoa("canary-value")}\n`);
  terminal.writeError("canary%2Dvalue canary-value\n");
  terminal.flush();
  equal(inner.output(), "<***> shown ***\n");
  equal(/canary-value|Y2FuYXJ5/.test(inner.output() + inner.errors()), false);
  equal(terminal.size().columns, 33);
  equal(terminal.readLine(), "typed");
  equal([terminal.color, terminal.errorColor, terminal.canRedraw, terminal.inputIsTerminal].includes(true), true);
  equal(terminal.closed, inner.closed);
});

Deno.test("RedactedTerminal asks for the environment with the first word", () => {
  let asked = 0;
  const terminal = new RedactedTerminal(fakeTerminal(), () => (asked++, {}));
  equal(asked, 0);
  terminal.write("a");
  terminal.write("b");
  equal(asked, 1);
});
