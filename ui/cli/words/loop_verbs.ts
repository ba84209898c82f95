/**
 * The verbs about runs, for the table of all verbs.
 *
 * @module
 */

import { LOOP_FLAGS, type LoopVerb } from "./loop_flags.ts";
import type { FlagInfo, VerbInfo } from "./verb_info.ts";

const ID = { name: "ID", brief: "Id of the run, its beginning, or 'last'" };
const ID_OR_POINT = { ...ID, brief: `${ID.brief}; ID:POINT is one point of a sweep` };

type Told = Omit<VerbInfo, "flags" | "sections">;

function verb(name: LoopVerb, told: Told): VerbInfo {
  const flags = LOOP_FLAGS[name] as Readonly<Record<string, FlagInfo>>;
  return { ...told, flags, sections: [["Options", Object.keys(flags)]] };
}

/** What help says of each. */
export const LOOP_VERBS: Readonly<Record<LoopVerb, VerbInfo>> = {
  runs: verb("runs", {
    brief: "List runs of pipelines and loops, newest first",
    usage: "runs [options]",
    positionals: [],
    examples: [
      ["loom runs", "the newest 50"],
      ["loom runs --status failed", "what went wrong"],
      ["loom runs --all", "your projects"],
    ],
  }),
  show: verb("show", {
    brief: "Show a run: its steps, what they cost, where it went back",
    usage: "show ID [options]",
    positionals: [ID_OR_POINT],
    examples: [
      ["loom show 3f2a91c04b7e", "the steps"],
      ["loom show 3f2a --follow", "while it runs elsewhere"],
      ["loom show 3f2a --step 4", "one step with its state"],
      ["loom show 3f2a --diff 3 4", "what step 4 changed"],
      ["loom show 3f2a --html report.html", "a page with charts"],
    ],
  }),
  resume: verb("resume", {
    brief: "Go on with a run",
    usage: "resume ID [options]",
    positionals: [ID],
    examples: [
      ["loom resume 3f2a", "how to go on with it"],
      ["loom resume 3f2a --module draft.ts", "go on"],
      ["loom resume 3f2a --module draft.ts --add-usd 1", "with one dollar more"],
      ["loom resume 3f2a --module draft.ts --answer approve=true", "what it waits for"],
    ],
  }),
  export: verb("export", {
    brief: "Give all that is known of a run to other programs",
    usage: "export ID --format FORMAT [options]",
    positionals: [ID],
    examples: [
      ["loom export 3f2a --json --states", "one document"],
      ["loom export 3f2a --jsonl", "a line each"],
      ["loom export 3f2a --format csv", "parameters and metrics, for a spreadsheet"],
      ["loom export 3f2a --format mlflow", "into mlruns/, which MLflow opens"],
    ],
  }),
  fork: verb("fork", {
    brief: "Make a new run that goes on from a step of another one",
    usage: "fork ID --at N [options]",
    positionals: [ID],
    examples: [
      ["loom fork 3f2a --at 4", "ready to be resumed"],
      [`loom fork 3f2a --at 4 --patch '{"tone":"dry"}' --module draft.ts`, "changed, and run at once"],
    ],
  }),
  answer: verb("answer", {
    brief: "Answer what a paused run asks",
    usage: "answer ID KEY=JSON",
    positionals: [ID, { name: "KEY=JSON", brief: "The question's key, and the answer as JSON" }],
    examples: [["loom answer 3f2a approve=true", "checked before it is stored"]],
  }),
  cancel: verb("cancel", {
    brief: "Call a run off, wherever it runs",
    usage: "cancel ID",
    positionals: [ID],
    examples: [["loom cancel 3f2a", "within a second"]],
  }),
  prune: verb("prune", {
    brief: "Forget old runs, their logs and states",
    usage: "prune [options]",
    positionals: [],
    examples: [
      ["loom prune --max-age 30d --dry-run", "what would go"],
      ["loom prune --max-size 500M", "until the rest of the pipelines' runs fits"],
      ["loom prune --max-runs 100 --keep-states best+last", "the newest hundred, thinned"],
    ],
  }),
  import: verb("import", {
    brief: "Take over runs of loomc 0.2.0 and 0.3.0",
    usage: "import FILE",
    positionals: [{ name: "FILE", brief: "Its database, which stays as it is" }],
    examples: [["loom import .loomc/checkpoints.db", "again is harmless"]],
  }),
  prices: verb("prices", {
    brief: "Print what models cost",
    usage: "prices [options]",
    positionals: [],
    examples: [["loom prices --model claude-sonnet-4-5", "one model"]],
  }),
};
