import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { fakeContext } from "../../tests/support/fake_context.ts";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { isLoopback } from "./gateway.ts";
import { readConfig } from "./read.ts";
import type { ConfigRequest } from "./types.ts";

interface Given extends ConfigRequest {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** The two providers, and whether it was said that they changed. */
async function providers({ env = {}, files = {}, ...request }: Given): Promise<readonly [string, string, boolean]> {
  const context = fakeContext({ files: memoryFiles(files), env });
  const { config, problems } = await readConfig(context, request);
  return [config.code_provider, config.feedback_provider, problems.some(({ code }) => code === "hosted-gateway")];
}

const HOSTED = { LOOM_API_BASE: "https://loom.example" };
const [VENDOR, PROXY] = ["anthropic-api", "loom-proxy"];

Deno.test("isLoopback() knows this machine by all its names", () => {
  const own = [
    "http://localhost",
    "http://LOCALHOST:99/x",
    "http://127.0.0.1:8088",
    "http://127.9.9.9",
    "http://[::1]:1",
  ];
  for (const address of [...own, "https://0.0.0.0:8088", "http://127.1", "http://2130706433"]) {
    equal(isLoopback(address), true, address);
  }
  const others = [
    "http://127.0.0.1.example",
    "http://localhost.example",
    "http://10.0.0.1",
    "http://[::2]",
    "https://a.b",
  ];
  for (const address of [...others, "http://128.0.0.1", "http://user@loom.example", "nonsense"]) {
    equal(isLoopback(address), false, address);
  }
});

Deno.test("readConfig() sends both roles through a gateway on another machine, and says so", async () => {
  deepEqual(await providers({ env: HOSTED }), [PROXY, PROXY, true]);
  deepEqual(await providers({ env: { LOOM_PROXY_DEFAULT: "Yes" } }), [PROXY, PROXY, true]);
});

Deno.test("readConfig() leaves roles alone when the gateway is on this machine, or nowhere", async () => {
  deepEqual(await providers({}), [VENDOR, VENDOR, false]);
  deepEqual(await providers({ env: { LOOM_API_BASE: "http://127.0.0.1:9999" } }), [VENDOR, VENDOR, false]);
  deepEqual(await providers({ env: { LOOM_API_BASE: "" } }), [VENDOR, VENDOR, false]);
  deepEqual(await providers({ env: { LOOM_PROXY_DEFAULT: "0" } }), [VENDOR, VENDOR, false]);
});

Deno.test("readConfig() lets a choice stand that equals the default, and flips the other role", async () => {
  const env = { ...HOSTED, LOOM_CODE_PROVIDER: VENDOR };
  deepEqual(await providers({ env }), [VENDOR, PROXY, true]);
  deepEqual(await providers({ env: HOSTED, flags: { "--feedback-provider": VENDOR } }), [PROXY, VENDOR, true]);
  deepEqual(await providers({ env: HOSTED, flags: { "--model-provider": VENDOR } }), [VENDOR, VENDOR, false]);
  const files = { "/w/loom.yaml": `code_provider: ${VENDOR}\n` };
  deepEqual(await providers({ env: HOSTED, files }), [VENDOR, PROXY, true]);
});

Deno.test("readConfig() follows an address from .env and from a file that was named, not from a project's own", async () => {
  const yaml = "loom_api_base: https://loom.example\n";
  deepEqual(await providers({ files: { "/w/.env": "LOOM_API_BASE=https://loom.example\n" } }), [PROXY, PROXY, true]);
  deepEqual(await providers({ files: { "/w/mine.yaml": yaml }, file: "mine.yaml" }), [PROXY, PROXY, true]);
  deepEqual(await providers({ files: { "/w/loom.yaml": yaml } }), [VENDOR, VENDOR, false]);
});

Deno.test("readConfig() names the gateway's address without what opens it", async () => {
  const context = fakeContext({ files: memoryFiles(), env: { LOOM_API_BASE: "https://ada:hunter2@loom.example" } });
  const { problems } = await readConfig(context);
  const notice = problems.find(({ code }) => code === "hosted-gateway")!;
  equal(notice.message.includes("hunter2"), false);
  equal(notice.message.includes("https://***@loom.example"), true);
});
