import { type Mutants, mutantTests } from "../../../tests/support/mutants.ts";
import type { ModelProvider, ModelRequest, ModelResponse } from "../../ports/model.ts";
import { memoryModel } from "../fakes/model.ts";
import { memoryTools } from "../fakes/tools.ts";
import { modelSuite } from "./model.ts";

const variables: Record<string, string> = { CANARY_API_KEY: "canary-5f1c0e7a9b2d" };
const tools = memoryTools({ environment: () => variables });
const [secret] = Object.values(tools.secrets);
const base_url = "https://models.example.org/v1";
const routes = { code: { key_env: "CANARY_API_KEY", base_url }, feedback: { key_env: "CANARY_API_KEY" } };
const lacking = { code: { key_env: "OTHER_API_KEY" }, feedback: { key_env: "OTHER_API_KEY" } };
const environment = () => variables;

function mutant(change: (of: ModelProvider) => Partial<ModelProvider>, given = routes as object): () => ModelProvider {
  return () => {
    const of = memoryModel({ routes: given, environment });
    return { ...of, ...change(of) };
  };
}

function withResponse(change: (response: ModelResponse, request: ModelRequest) => object): () => ModelProvider {
  return mutant(({ complete }) => ({
    complete: async (request, ...rest) => change(await complete(request, ...rest), request) as ModelResponse,
  }));
}

function withRequest(change: (request: ModelRequest) => ModelRequest): () => ModelProvider {
  return mutant(({ complete }) => ({ complete: (request, ...rest) => complete(change(request), ...rest) }));
}

const call = { type: "tool_use", id: "1", name: "submit_review", input: {} };
let resolved = 0;

const mutants: Mutants<ModelProvider> = {
  "gives what is no route": mutant(({ resolve }) => ({ resolve: (role) => ({ ...resolve(role), key: 1 }) as never })),
  "gives another route each time": mutant(({ resolve }) => ({
    resolve: async (role) => ({ ...await resolve(role), model_name: `m-${resolved++}` }),
  })),
  "has one address for all roles, that of the last": mutant((of) => {
    let last: string | null = base_url;
    const resolve = async (role: "code" | "feedback") => {
      const route = await of.resolve(role);
      if (role === "feedback") last = route.base_url;
      return { ...route, base_url: last };
    };
    return { resolve };
  }),
  "tells of no missing key": mutant(() => ({ preflight: () => Promise.resolve([]) }), lacking),
  "does not name the key that is missing": mutant(({ preflight }) => ({
    preflight: async (role) => (await preflight(role)).map((it) => ({ ...it, message: "No key", fix: null })),
  }), lacking),
  "gives hints of other roles": mutant(({ preflight }) => ({ preflight: () => preflight("code") }), lacking),
  "gives hints that are none": mutant(({ preflight }) => ({
    preflight: async (role) => (await preflight(role)).map(({ message }) => message) as never,
  }), lacking),
  "misses a key that is there": mutant(({ name }) => ({
    preflight: (role) => {
      const variable = "CANARY_API_KEY";
      return Promise.resolve([{ level: "error", provider: name, role, variable, message: variable, fix: null }]);
    },
  })),
  "calls without its key": mutant(({ resolve }) => {
    const of = memoryModel();
    return { complete: of.complete, resolve };
  }, lacking),
  "says nothing": withResponse((it) => ({ ...it, content: [] })),
  "says what is no response": withResponse((it) => ({ ...it, stop_reason: "done" })),
  "counts no tokens of the request": withResponse((it) => ({ ...it, usage: { ...it.usage, input: 0 } })),
  "counts no tokens of the response": withResponse((it) => ({ ...it, usage: { ...it.usage, output: 0 } })),
  "streams other text": mutant(({ complete }) => ({
    complete: (request, signal, onDelta) => complete(request, signal, (it) => onDelta?.(`${it}.`)),
  })),
  "answers with text where it is made to call": withRequest(({ tool_choice: _, tools: __, ...it }) => it),
  "calls with arguments of other types": withResponse((it) => ({
    ...it,
    content: it.content.map((part) => part.type === "tool_use" ? { ...part, input: { is_bug: "no" } } : part),
  })),
  "calls a tool that it must not call": withResponse((it, { tool_choice }) => {
    return tool_choice?.type === "none" ? { ...it, content: [call] } : it;
  }),
  "calls a tool that there is not": withResponse((it, { tools }) =>
    tools ? it : { ...it, content: [...it.content, call] }
  ),
  "is silent where it cannot be made to call": mutant(({ complete }) => ({
    complete: ({ tools: _, tool_choice: __, ...request }, ...rest) => complete(request, ...rest),
  }), { code: { judge_capable: false }, feedback: { judge_capable: false } }),
  "does not mind a tool that is not offered": withRequest((it) => {
    return it.tool_choice?.type === "tool" ? { ...it, tool_choice: { type: "tool", name: "submit_review" } } : it;
  }),
  "stumbles over results of tools": mutant(({ complete }) => ({
    complete: (request, ...rest) => {
      const isResult = request.messages.length > 1;
      return isResult ? Promise.reject(new Error("What is a tool_result?")) : complete(request, ...rest);
    },
  })),
  "does not look at its signal": mutant(({ complete }) => ({
    complete: (request, _, onDelta) => complete(request, new AbortController().signal, onDelta),
  })),
  "is of no use after it was called off": mutant(({ complete }) => {
    let isOff = false;
    return {
      async complete(request, signal, onDelta) {
        if (isOff && !signal.aborted) throw new Error("It is off");
        isOff ||= signal.aborted;
        return await complete(request, signal, onDelta);
      },
    };
  }),
  "answers one at a time": mutant(({ complete }) => {
    let isBusy = false;
    return {
      async complete(...args) {
        if (isBusy) throw new Error("It is busy");
        isBusy = true;
        try {
          return await complete(...args);
        } finally {
          isBusy = false;
        }
      },
    };
  }),
  "writes keys into the environment": mutant(({ complete }) => ({
    complete(...args) {
      variables[`KEY_${++resolved}`] = "x";
      return complete(...args);
    },
  })),
  "tells its key in the route": mutant(({ resolve }) => ({
    resolve: async (role) => ({ ...await resolve(role), attribution_headers: { authorization: secret } }),
  })),
  "tells its key in an error": mutant(() => ({ complete: () => Promise.reject(new Error(`401 for ${secret}`)) })),
  "tells its key in the cause of an error": mutant(() => ({
    complete: () => Promise.reject(new Error("401", { cause: { headers: { "x-api-key": secret } } })),
  })),
};

mutantTests("model", { suite: modelSuite, mutants, tools });
