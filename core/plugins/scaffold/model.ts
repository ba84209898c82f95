import type { PortFiles } from "./port_files.ts";

/** A model that repeats what it hears. */
export function modelFiles(name: string): PortFiles {
  return { plugin: PLUGIN.replaceAll("NAME", name), test: TEST.replaceAll("NAME", name) };
}

const PLUGIN = `import { definePlugin } from "@loom/loom";

interface Request {
  readonly messages: readonly { readonly content: readonly { readonly type: string; readonly text?: string }[] }[];
  readonly tool_choice?: { readonly type: string };
}

const route = {
  model_name: "NAME-1",
  base_url: null,
  /** The variable that holds the key, if one is needed; name it under permissions, too. */
  key_env: null,
  extra_env: {},
  /** Whether it can be made to call a tool. */
  judge_capable: false,
  kind: "api",
  attribution_headers: {},
};

async function complete(request: Request, signal: AbortSignal, onDelta?: (text: string) => unknown) {
  const { type = "auto" } = request.tool_choice ?? {};
  if (type === "tool" || type === "any") throw failure("model-refused-tool", "NAME calls no tools");
  // A caller that aborts right after its call has done so by then.
  await new Promise((resolve) => setTimeout(resolve));
  if (signal.aborted) throw failure("interrupted", "NAME was called off");
  const text = answer(request);
  await onDelta?.(text);
  const usage = { input: 1, output: 1, cache_read: 0, cache_write: 0 };
  return { model: route.model_name, content: [{ type: "text", text }], stop_reason: "end", usage };
}

/** Put the call of your model here: fetch() reaches the hosts that permissions name. */
function answer({ messages }: Request): string {
  const said = messages.at(-1)?.content.find((part) => part.type === "text");
  return \`You said: \${said?.text ?? "nothing"}\`;
}

/** loom tells errors apart by their code. */
function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

export default definePlugin({
  name: "NAME",
  version: "0.1.0",
  description: "Repeats what it hears",
  api: 1,
  // What it asks for, such as { hosts: ["api.example.org"], variables: ["EXAMPLE_API_KEY"] }.
  permissions: {},
  provides: {
    model: {
      "NAME": {
        name: "NAME",
        resolve: () => route,
        preflight: () => Promise.resolve([]),
        complete,
      },
    },
  },
});
`;

const TEST = `import { equal } from "node:assert/strict";
import plugin from "./mod.ts";

Deno.test("NAME repeats what it hears", async () => {
  const model = plugin.provides.model["NAME"];
  const messages = [{ content: [{ type: "text", text: "Hi" }] }];
  const { content } = await model.complete({ messages }, new AbortController().signal);
  equal(content[0].text, "You said: Hi");
});
`;
