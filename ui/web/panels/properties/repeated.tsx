import type { Value } from "../../../../core/graph/text/mod.ts";
import { kindOfValue, textOfValue, valueOfText } from "../../../graph/typed_text.ts";
import { Choice, Field } from "../../kit/field.tsx";
import { IconButton } from "../../kit/button.tsx";
import { useAppState } from "../../state/use_app.ts";
import { type Editing, keysOf } from "./editing.ts";
import { AddNamed } from "./places.tsx";

const KEY = "multi_pass";

/** How often a group is run, with which values, what goes from one time to the next, and what ends it. */
export function Repeated({ members, editing }: { readonly members: readonly string[]; readonly editing: Editing }) {
  const schedule = editing.at(KEY, "schedule");
  const kind = Array.isArray(schedule) ? "schedule" : "count";
  const change = (next: string) => {
    if (next === kind) return;
    const kept = ["feedback", "condition"].flatMap((key) => {
      const value = editing.at(KEY, key);
      return value === undefined ? [] : [[key, value] as const];
    });
    const begun: readonly (readonly [Value, Value])[] = next === "count"
      ? [["count", Array.isArray(schedule) ? schedule.length : 1]]
      : [["schedule", Array.from({ length: Number(editing.at(KEY, "count")) || 1 }, () => new Map([["value", 0]]))]];
    editing.set([KEY], { value: new Map<Value, Value>([...begun, ...kept]) });
  };
  return (
    <>
      <Choice
        label="How often"
        value={kind}
        options={[["count", "so many times"], ["schedule", "once for each row of values"]]}
        onChange={change}
      />
      {kind === "schedule"
        ? <Schedule rows={schedule as readonly Value[]} editing={editing} />
        : <Count editing={editing} />}
      <Feedback members={members} editing={editing} />
      <Until editing={editing} />
    </>
  );
}

function Count({ editing }: { readonly editing: Editing }) {
  const expressions = keysOf(editing.at(KEY, "expressions"));
  const text = textOfValue(editing.at(KEY, "count"));
  return (
    <>
      <Field
        label="Count"
        value={text}
        error={/^[1-9]\d*$/.test(text) ? undefined : "A whole number, 1 or more"}
        onChange={(text) => editing.set([KEY, "count"], valueOfText(text, "number"))}
      />
      {expressions.map((name) => (
        <Field
          key={name}
          label={`$${name} =`}
          value={textOfValue(editing.at(KEY, "expressions", name))}
          hint="Arithmetic with iter, which counts from 0"
          onChange={(text) => editing.set([KEY, "expressions", name], { value: text })}
          after={
            <IconButton
              icon="close"
              label={`Remove ${name}`}
              onClick={() =>
                editing.remove(expressions.length === 1 ? [KEY, "expressions"] : [KEY, "expressions", name])}
            />
          }
        />
      ))}
      <div className="chips">
        <AddNamed
          what="value that changes"
          taken={expressions}
          onAdd={(name) => editing.set([KEY, "expressions", name], { value: "iter" })}
        />
      </div>
    </>
  );
}

/** One row an iteration, one column a name. */
function Schedule({ rows, editing }: { readonly rows: readonly Value[]; readonly editing: Editing }) {
  const names = [...new Set(rows.flatMap(keysOf))];
  const write = (next: readonly Value[]) => editing.set([KEY, "schedule"], { value: next });
  const cell = (row: number, name: string, text: string) => {
    const before = rows[row];
    const map = new Map(before instanceof Map ? before : []);
    const kind = kindOfValue(map.get(name));
    map.set(name, valueOfText(text, kind === "text" ? "text" : "yaml").value);
    write(rows.with(row, map));
  };
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">iter</th>
            {names.map((name) => <th key={name} scope="col">{name}</th>)}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <th scope="row">{index}</th>
              {names.map((name) => (
                <td key={name}>
                  <Field
                    label={`${name} of iteration ${index}`}
                    value={textOfValue(row instanceof Map ? row.get(name) : undefined)}
                    onChange={(text) => cell(index, name, text)}
                  />
                </td>
              ))}
              <td>
                <IconButton
                  icon="close"
                  label={`Remove iteration ${index}`}
                  disabled={rows.length === 1}
                  onClick={() => write(rows.toSpliced(index, 1))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="chips">
        <button type="button" onClick={() => write([...rows, rows.at(-1) ?? new Map()])}>Another iteration</button>
        <AddNamed
          what="value"
          taken={names}
          onAdd={(name) => write(rows.map((row) => new Map([...(row instanceof Map ? row : []), [name, 0]])))}
        />
      </div>
    </>
  );
}

/** What an iteration takes of the one before. */
function Feedback({ members, editing }: { readonly members: readonly string[]; readonly editing: Editing }) {
  const canvas = useAppState(({ canvas }) => canvas);
  const map = editing.at(KEY, "feedback");
  const pairs = map instanceof Map ? [...map].map(([from, to]) => [String(from), String(to)] as const) : [];
  const boxes = canvas.boxes.filter(({ id }) => members.includes(id));
  const ends = (wanted: RegExp) =>
    boxes.flatMap(({ id, handles }) => handles.filter((it) => wanted.test(it.id)).map(({ name }) => `${id}.${name}`));
  const [sources, targets] = [ends(/^out:/), ends(/^(in|arg):/)];
  const write = (next: readonly (readonly [string, string])[]) =>
    next.length === 0 ? editing.remove([KEY, "feedback"]) : editing.set([KEY, "feedback"], { value: new Map(next) });
  const options = (known: readonly string[], one: string) =>
    [...new Set([one, ...known])].map((it) => [it, it] as const);
  const free = sources.find((source) => pairs.every(([from]) => from !== source));
  return (
    <>
      <h3>From one time to the next</h3>
      {pairs.map(([from, to], index) => (
        <div key={index} className="pair">
          <Choice
            label="The output"
            value={from}
            options={options(sources, from)}
            onChange={(text) => write(pairs.with(index, [text, to]))}
          />
          <Choice
            label="is then"
            value={to}
            options={options(targets, to)}
            onChange={(text) => write(pairs.with(index, [from, text]))}
            after={
              <IconButton
                icon="close"
                label={`Remove the feedback of ${from}`}
                onClick={() => write(pairs.toSpliced(index, 1))}
              />
            }
          />
        </div>
      ))}
      {free !== undefined && targets.length > 0 && (
        <div className="chips">
          <button type="button" onClick={() => write([...pairs, [free, targets[0]]])}>Add feedback</button>
        </div>
      )}
    </>
  );
}

/** What ends it early. */
function Until({ editing }: { readonly editing: Editing }) {
  const map = editing.at(KEY, "condition");
  const inputs = keysOf(editing.at(KEY, "condition", "inputs"));
  const args = keysOf(editing.at(KEY, "condition", "args"));
  const place = (part: "inputs" | "args", name: string) => (
    <Field
      key={`${part} ${name}`}
      label={name}
      value={textOfValue(editing.at(KEY, "condition", part, name))}
      onChange={(text) => {
        const kind = part === "args" ? kindOfValue(editing.at(KEY, "condition", part, name)) : "text";
        editing.set([KEY, "condition", part, name], valueOfText(text, kind));
      }}
    />
  );
  return (
    <>
      <h3>Until</h3>
      <Field
        label="A script that says when it is enough"
        value={textOfValue(editing.at(KEY, "condition", "script"))}
        placeholder="none: always so many times"
        onChange={(text) =>
          text === ""
            ? editing.remove([KEY, "condition"])
            : editing.set(map instanceof Map ? [KEY, "condition", "script"] : [KEY, "condition"], {
              value: map instanceof Map ? text : new Map([["script", text]]),
            })}
      />
      {map instanceof Map && (
        <>
          {inputs.map((name) => place("inputs", name))}
          {args.map((name) => place("args", name))}
          <div className="chips">
            <AddNamed
              what="input of it"
              taken={inputs}
              onAdd={(name) => editing.set([KEY, "condition", "inputs", name], { value: "" })}
            />
            <AddNamed
              what="argument of it"
              taken={args}
              onAdd={(name) => editing.set([KEY, "condition", "args", name], { value: 0 })}
            />
          </div>
        </>
      )}
    </>
  );
}
