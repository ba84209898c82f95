import { textOfValue } from "../../graph/typed_text.ts";
import { Check, Field } from "../kit/field.tsx";
import { Drop } from "../kit/menu.tsx";
import { useAppState } from "../state/use_app.ts";
import { useSettings, useSides, useStore } from "../state/use_sides.ts";

/** Choosing what is asked of the next runs besides which steps. */
export function RunOptions() {
  const { runOptions } = useSides();
  const { include, set } = useStore(runOptions);
  const [settings, store] = useSettings();
  const pipeline = useAppState(({ pipeline }) => pipeline);
  const optional = pipeline?.steps.filter(({ optional }) => optional).map(({ name }) => name) ?? [];
  const count = include.length + Object.keys(set).length;
  return (
    <Drop icon="down" label="Run options" text={count > 0 && <span className="count">{count}</span>}>
      <fieldset>
        <legend>How</legend>
        <Check
          label="Steps that do not need each other side by side"
          checked={settings.parallel}
          onChange={(parallel) => store.change({ parallel })}
        />
        <Check
          label="Leave out what is fresh"
          checked={settings.cached}
          onChange={(cached) => store.change({ cached })}
        />
      </fieldset>
      {optional.length > 0 && (
        <fieldset>
          <legend>Optional steps to include</legend>
          {optional.map((name) => (
            <Check
              key={name}
              label={name}
              checked={include.includes(name)}
              onChange={(isIn) => runOptions.include(name, isIn)}
            />
          ))}
        </fieldset>
      )}
      {pipeline !== undefined && pipeline.parameters.size > 0 && (
        <fieldset>
          <legend>Parameters, for the next runs only</legend>
          {[...pipeline.parameters].map(([name, value]) => (
            <Field
              key={name}
              label={name}
              value={set[name] ?? ""}
              placeholder={textOfValue(value)}
              isMarked={set[name] !== undefined}
              onChange={(text) => runOptions.choose(name, text)}
            />
          ))}
        </fieldset>
      )}
      {count > 0 && <button type="button" onClick={runOptions.clear}>As the file says</button>}
    </Drop>
  );
}
