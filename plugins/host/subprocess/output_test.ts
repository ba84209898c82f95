import { strictEqual as equal } from "node:assert/strict";
import { OutputSink } from "./output.ts";

Deno.test("OutputSink masks a secret inside base64, also where it comes in pieces", () => {
  const secret = "canary-value-1234";
  let heard = "";
  const sink = new OutputSink({
    argv: [],
    cwd: "/",
    env: {},
    secrets: [secret],
    onOutput: (_, text) => void (heard += text),
  });
  const printed = `<${btoa(`user:${secret}`)}> <${secret}>\n`;
  for (const byte of new TextEncoder().encode(printed)) sink.take("stdout", Uint8Array.of(byte));
  sink.close();
  equal(/^<\w*\*{3}[\w=]*> <\*{3}>\n$/.test(heard), true, heard);
});
