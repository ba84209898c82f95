import { type Mutants, mutantTests } from "../../../tests/support/mutants.ts";
import type { ExecCallback } from "../../ports/mlops.ts";
import type { SearchEvent, SearchProvider, SearchResult } from "../../ports/search.ts";
import type { NodeRecord } from "../../ports/values.ts";
import { memorySearch } from "../fakes/search.ts";
import { memoryTools } from "../fakes/tools.ts";
import { searchSuite } from "./search.ts";

type RunArgs = Parameters<SearchProvider["run"]>;

const tools = memoryTools();
const [secret] = Object.values(tools.secrets);
const sound = () => memorySearch({ candidates: [..."abcdefgh"] });

/** A sound search that is called by other arguments, or whose result is another. */
function mutant(
  change: (...args: RunArgs) => RunArgs,
  result: (result: SearchResult) => SearchResult = (it) => it,
): () => SearchProvider {
  return () => ({ name: "mutant", run: async (...args) => result(await sound().run(...change(...args))) });
}

function withResult(result: (result: SearchResult) => SearchResult): () => SearchProvider {
  return mutant((...args) => args, result);
}

function withExecute(wrap: (execute: ExecCallback) => ExecCallback): () => SearchProvider {
  return mutant((task, execute, ...rest) => [task, wrap(execute), ...rest]);
}

function withEvents(keep: (event: SearchEvent) => readonly SearchEvent[]): () => SearchProvider {
  return mutant((task, execute, on, ...rest) => {
    const others = async (event: SearchEvent) => {
      for (const it of keep(event)) await on(it);
    };
    return [task, execute, others, ...rest];
  });
}

function withNodes(change: (node: NodeRecord) => Partial<NodeRecord>): () => SearchProvider {
  return withEvents((event) => {
    return event.type === "node_finished" ? [{ ...event, node: { ...event.node, ...change(event.node) } }] : [event];
  });
}

const failed = { term_out: [], exec_time: 0, exc_type: "Error", exc_info: null, exc_stack: null };
let made = 0;

const mutants: Mutants<SearchProvider> = {
  "executes nothing": () => memorySearch({ candidates: [] }),
  "gives what is no result": withResult((it) => ({ ...it, extra: 1 }) as never),
  "spends more steps than it has": mutant((task, execute, on, budget, ...rest) => {
    return [task, execute, on, { ...budget, steps: 7 }, ...rest];
  }),
  "executes each candidate twice": withExecute((execute) => async (...args) => {
    await execute(...args);
    return await execute(...args);
  }),
  "never looks at the signal": mutant((task, execute, on, budget, _, ...rest) => {
    return [task, (code) => execute(code), on, budget, new AbortController().signal, ...rest];
  }),
  "takes what was called off for what failed": mutant((task, execute, on, budget, _, ...rest) => {
    return [task, (code) => execute(code).catch(() => failed), on, budget, new AbortController().signal, ...rest];
  }),
  "says it ended by itself when it was called off": withResult((it) => ({ ...it, stopped_by: "steps" })),
  "forgets what it had when it is called off": withResult((it) => {
    return it.stopped_by === "cancel" ? { ...it, best_metric: null, best_code: null } : it;
  }),
  "always takes more for better": mutant((task, execute, on, budget, signal, context) => {
    return [task, execute, on, budget, signal, { ...context, maximize: true }];
  }),
  "always takes less for better": mutant((task, execute, on, budget, signal, context) => {
    return [task, execute, on, budget, signal, { ...context, maximize: false }];
  }),
  "claims a better metric than it saw": withResult((it) => ({ ...it, best_metric: 0.99 })),
  "gives other code than it executed": withResult((it) => it.best_code === null ? it : { ...it, best_code: "z" }),
  "takes no whole number for a metric": withResult((it) => ({
    ...it,
    best_metric: it.best_metric === 1 ? null : it.best_metric,
  })),
  "presents code that failed": withResult((it) => ({ ...it, best_code: it.best_code ?? "a" })),
  "ends with the first candidate that fails": () => ({
    name: "mutant",
    async run(task, execute, on, budget, signal, context) {
      const inner = new AbortController();
      const once: ExecCallback = async (...args) => {
        const result = await execute(...args);
        if (result.exc_type !== null) inner.abort();
        return result;
      };
      return await sound().run(task, once, on, budget, AbortSignal.any([signal, inner.signal]), context);
    },
  }),
  "throws when a candidate fails": withExecute((execute) => async (...args) => {
    const result = await execute(...args);
    if (result.exc_type !== null) throw new Error(result.exc_type);
    return result;
  }),
  "takes a broken executor for a broken candidate": withExecute((execute) => (...args) => {
    return execute(...args).catch((error) => error instanceof TypeError ? failed : Promise.reject(error));
  }),
  "does not tell of its beginning": withEvents((event) => event.type === "started" ? [] : [event]),
  "does not tell when nodes begin": withEvents((event) => event.type === "node_started" ? [] : [event]),
  "tells of each node's end twice": withEvents((event) => event.type === "node_finished" ? [event, event] : [event]),
  "tells of something unknown": withEvents((event) => [event, { type: "odd" } as never]),
  "counts one node too many": withResult((it) => ({ ...it, node_count: it.node_count + 1 })),
  "keeps no output": withNodes(() => ({ term_out: [] })),
  "keeps other code": withNodes(() => ({ code: "z" })),
  "keeps everything under one tenant": withNodes(() => ({ tenant: "default" })),
  "gives every node the same id": withNodes(() => ({ node_id: "1" })),
  "shares its nodes without being asked": withNodes(() => ({ owned_by: "general" })),
  "leaves a field out": withNodes(() => ({ judge_summary: undefined as never })),
  "tries something else each time": () => memorySearch({ candidates: [`${made++}`, "b", "c"] }),
  "gives a secret away": withResult((it) => ({ ...it, journal_path: `/tmp/${secret}` })),
};

mutantTests("search", { suite: searchSuite, mutants, tools });
