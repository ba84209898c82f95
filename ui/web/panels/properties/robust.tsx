import type { TaskStep } from "../../../../core/graph/pipeline.ts";
import { isUnfit, textOfValue, valueOfText } from "../../../graph/typed_text.ts";
import { Check, Field, Section } from "../../kit/field.tsx";
import { useSettings } from "../../state/use_sides.ts";
import type { Editing } from "./editing.ts";

const TEXTS = [
  ["when", "When", "text", "Only if this holds, such as epochs > 5 and backend == 'local'"],
  ["timeout", "Timeout", "number", "Seconds, or a length of time such as 10m"],
  ["cwd", "Working folder", "text", "From the pipeline's folder"],
] as const;

const FLAGS = [
  ["continue_on_error", "Failing is a warning: go on"],
  ["atomic", "Outputs appear only when it succeeded"],
  ["sandbox", "Run it in a sandbox"],
] as const;

const PART = "More of a step";

/** Conditions, limits and second tries. */
export function Robust({ step, editing }: { readonly step: TaskStep; readonly editing: Editing }) {
  const [{ closed }, settings] = useSettings();
  const isOpen = !closed.includes(PART);
  const toggle = () =>
    settings.change({ closed: isOpen ? [...closed, PART] : closed.filter((other) => other !== PART) });
  const retries = editing.at("retries");
  return (
    <Section title="When and how it runs" isOpen={isOpen} onToggle={toggle}>
      {TEXTS.map(([key, label, kind, hint]) => (
        <Field
          key={key}
          label={label}
          value={textOfValue(editing.at(key))}
          hint={hint}
          onChange={(text) => text === "" ? editing.remove([key]) : editing.set([key], valueOfText(text, kind))}
        />
      ))}
      {retries instanceof Map
        ? <p className="none">Tries again {step.retry?.attempts} times; the YAML has more to say about it.</p>
        : (
          <Field
            label="Tries after a failure"
            value={textOfValue(retries)}
            error={isUnfit(textOfValue(retries), "number") ? "Not a number" : undefined}
            onChange={(text) =>
              text === "" ? editing.remove(["retries"]) : editing.set(["retries"], valueOfText(text, "number"))}
          />
        )}
      {FLAGS.map(([key, label]) => (
        <Check
          key={key}
          label={label}
          checked={editing.at(key) === true || editing.at(key) instanceof Map}
          disabled={editing.at(key) instanceof Map}
          onChange={(isOn) => isOn ? editing.set([key], { value: true }) : editing.remove([key])}
        />
      ))}
    </Section>
  );
}
