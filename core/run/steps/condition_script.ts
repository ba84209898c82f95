import type { StepPart } from "../../ports/events.ts";
import { pyRepr, type Value } from "../../yaml/value.ts";
import { runCommand } from "./attempt.ts";
import type { Place, Session } from "../session/session.ts";

/** A question that a script answers with `evaluate(**values) -> bool`. */
export interface Question extends Place {
  /** Absolute path. */
  readonly script: string;
  readonly values: ReadonlyMap<string, Value>;
  readonly label: StepPart;
}

/** The answer, or why there is none. */
export type Answer = { readonly answer: boolean } | { readonly error: string } | { readonly cancelled: true };

// The driver loads the script as a module and prints the answer behind a mark that no script prints by chance. The
// values are written as Python literals, which keeps ints, floats and dates what they are.
const DRIVER = `
import datetime, importlib.util, os, sys
path, mark, values = sys.argv[1:4]
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(path))
spec = importlib.util.spec_from_file_location("condition", path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
if not hasattr(module, "evaluate"):
    sys.exit("no function evaluate() in " + path)
answer = module.evaluate(**eval(values, {"datetime": datetime, "inf": float("inf"), "nan": float("nan")}))
print("\\n" + mark + ("true" if answer else "false"), flush=True)
`;

/** Runs the script in a program of its own, never inside loom. */
export async function askScript(question: Question, session: Session): Promise<Answer> {
  const { context, interpreter, recorder } = session;
  const { step, part, script, values, label } = question;
  if (context.files.stat(script)?.kind !== "file") return { error: `script not found: ${script}` };
  const mark = `loom-answer-${context.random.hex(16)}:`;
  const heard: string[] = [];
  const result = await runCommand({
    step,
    part,
    label,
    argv: [interpreter!.path, "-c", DRIVER, script, mark, literal(values)],
    cwd: context.cwd,
    env: { PYTHONUNBUFFERED: "1", ...context.env },
    onOutput: (stream, text) => {
      if (stream === "stdout") heard.push(text);
      else recorder.emit({ type: "output", step: step.name, ...label, stream, text });
    },
  }, session);
  if (result.status === "cancelled") return { cancelled: true };
  const [printed, answer] = heard.join("").split(`\n${mark}`);
  if (printed !== "") recorder.emit({ type: "output", step: step.name, ...label, stream: "stdout", text: printed });
  if (result.status === "failed") return { error: result.error ?? `condition script ended with ${endOf(result)}` };
  return answer === undefined
    ? { error: "condition script ended without an answer" }
    : { answer: answer.startsWith("true") };
}

function endOf(result: { readonly exitCode?: number; readonly signal?: string }): string {
  return result.signal === undefined ? `exit code ${result.exitCode}` : `signal ${result.signal}`;
}

function literal(values: ReadonlyMap<string, Value>): string {
  return pyRepr(new Map<Value, Value>(values));
}
