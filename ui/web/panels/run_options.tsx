import { useEffect, useState } from "react";
import { textOfValue } from "../../graph/typed_text.ts";
import { Check, Field } from "../kit/field.tsx";
import { Drop } from "../kit/menu.tsx";
import type { RunWish } from "../state/app.ts";
import { useAppState } from "../state/use_app.ts";
import { useSettings } from "../state/use_sides.ts";

/** What is asked of the next runs besides which steps. */
export interface ChosenOptions {
  readonly include: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  readonly wish: Pick<RunWish, "include" | "set">;
  chooseIncluded(names: readonly string[]): void;
  chooseValues(values: Readonly<Record<string, string>>): void;
}

/** Optional steps that are run as well, and values for one run; another pipeline begins with none. */
export function useRunOptions(): ChosenOptions {
  const path = useAppState(({ document }) => document?.path);
  const [include, chooseIncluded] = useState<readonly string[]>([]);
  const [set, chooseValues] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => (chooseIncluded([]), chooseValues({})), [path]);
  const wish = { ...(include.length > 0 && { include }), ...(Object.keys(set).length > 0 && { set }) };
  return { include, set, wish, chooseIncluded, chooseValues };
}

/** Choosing them. */
export function RunOptions(
  { options: { include, set, chooseIncluded, chooseValues } }: { readonly options: ChosenOptions },
) {
  const [settings, store] = useSettings();
  const pipeline = useAppState(({ pipeline }) => pipeline);
  const optional = pipeline?.steps.filter(({ optional }) => optional).map(({ name }) => name) ?? [];
  const count = include.length + Object.keys(set).length;
  const change = (name: string, text: string) => {
    const { [name]: _, ...others } = set;
    chooseValues(text === "" ? others : { ...others, [name]: text });
  };
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
              onChange={(isIn) => chooseIncluded(isIn ? [...include, name] : include.filter((other) => other !== name))}
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
              onChange={(text) => change(name, text)}
            />
          ))}
        </fieldset>
      )}
      {count > 0 && (
        <button type="button" onClick={() => (chooseIncluded([]), chooseValues({}))}>As the file says</button>
      )}
    </Drop>
  );
}
