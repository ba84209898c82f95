import { type Mutants, mutantTests } from "../../../tests/support/mutants.ts";
import type { ArtifactStore, BuildContext, ModelBuilderProvider } from "../../ports/model_builder.ts";
import type { ArtifactRef, Capability, CapabilityName, JsonObject, Scores } from "../../ports/values.ts";
import { memoryModelBuilder } from "../fakes/model_builder.ts";
import { memoryTools } from "../fakes/tools.ts";
import { modelBuilderSuite } from "./model_builder.ts";

const tools = memoryTools();
const [secret] = Object.values(tools.secrets);

type Method = (...args: unknown[]) => Promise<object>;

/** A sound builder with some members changed. */
function mutant(change: (of: Required<ModelBuilderProvider>) => object): () => ModelBuilderProvider {
  return () => {
    const of = memoryModelBuilder() as Required<ModelBuilderProvider>;
    return { ...of, ...change(of) };
  };
}

/** One capability, wrapped. */
function withMethod(name: CapabilityName, wrap: (method: Method) => Method): () => ModelBuilderProvider {
  return mutant((of) => ({ [name]: wrap(of[name] as unknown as Method) }));
}

function withAnswer(
  name: CapabilityName,
  change: (answer: ArtifactRef & Scores) => object,
): () => ModelBuilderProvider {
  return withMethod(name, (method) => async (...args) => change(await method(...args) as ArtifactRef & Scores));
}

/** One capability, handed another context. */
function withContext(
  name: CapabilityName,
  change: (context: BuildContext) => BuildContext,
): () => ModelBuilderProvider {
  return withMethod(name, (method) => (...args) => {
    return method(...args.slice(0, -1), change(args.at(-1) as BuildContext));
  });
}

function withManifest(change: (it: Capability) => readonly Capability[]): () => ModelBuilderProvider {
  return mutant((of) => ({
    manifest: async () => {
      const { backend, capabilities } = await of.manifest();
      return { backend, capabilities: capabilities.flatMap(change) };
    },
  }));
}

const never = new AbortController().signal;
const deaf = (context: BuildContext) => ({ ...context, signal: never });

/** A builder that looks at the signal when it has read already. */
function late(name: CapabilityName): () => ModelBuilderProvider {
  return withMethod(name, (method) => async (...args) => {
    const context = args.at(-1) as BuildContext;
    await context.artifacts.read(String(args[0]));
    return await method(...args);
  });
}

/** What it writes is changed before it is kept. */
function withContent(name: CapabilityName, change: (content: JsonObject) => JsonObject): () => ModelBuilderProvider {
  return withContext(name, (context) => {
    const { artifacts } = context;
    const others: ArtifactStore = {
      read: (ref) => artifacts.read(ref),
      write: (flow, content) => artifacts.write(flow, change(content)),
    };
    return { ...context, artifacts: others };
  });
}

const nothing = (error: string | null) => ({ pathspec: null, error });
let built = 0;

const mutants: Mutants<ModelBuilderProvider> = {
  "says nothing of itself": mutant(() => ({ manifest: () => ({}) })),
  "has no name for its backend": mutant((of) => ({
    manifest: async () => ({ ...await of.manifest(), backend: " " }),
  })),
  "names a capability twice": withManifest((it) => [it, it]),
  "says something else each time": withManifest((it) => [{ ...it, notes: `${built++}` }]),
  "does not say why not": withManifest((it) => [{ ...it, supported: it.name !== "serve", notes: "" }]),
  "lets a search pretrain": withManifest((it) => [{ ...it, mode: "searchable" }]),
  "supports what it has not": mutant(() => ({ serve: undefined })),
  "does what it does not support": withManifest((it) => [{ ...it, supported: false }]),
  "keeps no tokenizer": withAnswer("tokenize", (it) => ({ ...it, ...nothing("No tokenizer today") })),
  "invents a pathspec": withAnswer("tokenize", (it) => ({ ...it, pathspec: "TrainFlow/12345" })),
  "gives a path for a pathspec": withAnswer("tokenize", (it) => ({ ...it, pathspec: "/tmp/tokenizer" })),
  "tells of a checkpoint": withAnswer("tokenize", (it) => ({ ...it, summary: { file: "last.ckpt" } })),
  "tells of an address": withAnswer("tokenize", (it) => ({ ...it, summary: { at: "s3://bucket/key" } })),
  "calls everything a model": withAnswer("tokenize", (it) => ({ ...it, kind: "model" })),
  "does not say which variable it lacks": withAnswer("pretrain", (it) => ({ ...it, ...nothing("No GPU") })),
  "does not say what it lacks": withAnswer("pretrain", (it) => ({ ...it, ...nothing(null) })),
  "keeps embeddings that are no data object": withContent("embed", ({ schema: _, ...content }) => content),
  "compares with nothing": withAnswer("evaluate", (it) => ({ ...it, detail: {} })),
  "tells a lift that is none": withAnswer("evaluate", (it) => ({ ...it, detail: { ...it.detail, lift: 0.9 } })),
  "finds nothing": withAnswer("evaluate", (it) => ({ ...it, value: 0, detail: { baseline_raw: 0, lift: 0 } })),
  "scores in another metric": withAnswer("evaluate", (it) => ({ ...it, metric: "auc" })),
  "makes something else each time": withContent("embed", (content) => ({ ...content, fingerprint: `${built++}` })),
  "serves nothing": withAnswer("serve", (it) => ({ ...it, ...nothing("Cannot serve") })),
  "does not say what serves instead": withAnswer("serve", (it) => it.pathspec === null ? { ...it, error: "No" } : it),
  "takes any objective": withMethod("pretrain", (method) => (ref, _, ...rest) => method(ref, "next-event", ...rest)),
  "takes any budget": withMethod(
    "pretrain",
    (method) => (ref, goal, _, ...rest) => method(ref, goal, "probe", ...rest),
  ),
  "takes any mode": withMethod("serve", (method) => (ref, _, ...rest) => method(ref, "batch", ...rest)),
  "refuses words when it has read": withMethod("pretrain", (method) => async (...args) => {
    await (args.at(-1) as BuildContext).artifacts.read(String(args[0]));
    return await method(...args);
  }),
  "makes a backbone of its own for one that is not there": withMethod(
    "embed",
    (method) => async (ref, data, context) => {
      const { artifacts, signal } = context as BuildContext;
      if (signal.aborted) return await method(ref, data, context);
      const other = () => memoryModelBuilder().pretrain!(String(data), "next-event", "probe", context as BuildContext);
      const backbone = await artifacts.read(String(ref)).then(() => ref, async () => (await other()).pathspec);
      return await method(backbone, data, context);
    },
  ),
  ...Object.fromEntries(
    (["tokenize", "pretrain", "embed", "finetune", "evaluate", "serve"] as const).flatMap((name) => [
      [`does not look at the signal of ${name}`, withContext(name, deaf)],
      [`looks at the signal of ${name} when it has read`, late(name)],
    ]),
  ),
  "tells of one more step after it was called off": withMethod("pretrain", (method) => (...args) => {
    const context = args.at(-1) as BuildContext;
    const progress: BuildContext["progress"] = async (it) => {
      await context.progress?.(it);
      await context.progress?.(it);
    };
    return method(...args.slice(0, -1), { ...context, progress });
  }),
  "does not wait for who hears": withContext("pretrain", (context) => ({
    ...context,
    progress: (it) => void context.progress?.(it),
  })),
  "tells of its steps backwards": withContext("pretrain", (context) => ({
    ...context,
    progress: (it) => context.progress?.({ ...it, step: 100 - it.step }),
  })),
  "knows no limit": withContext("pretrain", ({ limits: _, ...context }) => context),
  "does not say that it ended at its limit": withAnswer(
    "pretrain",
    ({ summary, ...it }) => ({ ...it, summary: { steps: summary.steps } }),
  ),
  "gives a secret away in a summary": withAnswer("finetune", (it) => ({ ...it, summary: { token: secret } })),
  "gives a secret away in an error": withMethod("evaluate", () => () => Promise.reject(new Error(`401 ${secret}`))),
};

mutantTests("model-builder", { suite: modelBuilderSuite, mutants, tools });
