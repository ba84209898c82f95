import { isLoomError, LoomError } from "../../errors.ts";
import type { Expression } from "../../python/expression.ts";
import { evaluateWhen, parseWhen } from "../../python/when.ts";
import { Float, type Value } from "../../yaml/value.ts";
import type { Cell, Column, ResultTable } from "./column.ts";
import { numberOf } from "./number.ts";
import type { Result } from "./result.ts";

/** A name as an expression has it, which knows no dots and dashes in one. */
interface Name {
  readonly name: string;
  readonly column: Column;
}

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * The rows of which a condition is true, such as `lr < 0.1 and seed != 3`: the language of a step's `when`. Names with
 * other characters than letters, digits and `_` stand as they are, or in backticks. What a row lacks is neither less nor
 * more than anything, as `NaN` is; `== null` asks for it.
 *
 * @throws {LoomError} `usage` for a condition that cannot be read, or values that cannot be compared.
 */
export function filterRows(table: ResultTable, condition: string): readonly Result[] {
  const names = namesOf(table);
  try {
    const expression = parseWhen(masked(condition, names), { names: [...names.keys()] });
    const asked = new Map([...askedFor(expression.root)].map((key) => [key, names.get(key)!.column]));
    return table.rows.filter((row) => holds(expression, row, asked));
  } catch (error) {
    if (!isLoomError(error) || !error.code.startsWith("expression-")) throw error;
    throw refused(condition, error, names);
  }
}

/** What stands in the expression for each column, by all of the column's names; plain names stand for themselves. */
function namesOf({ columns }: ResultTable): ReadonlyMap<string, Name> {
  const names = new Map<string, Name>();
  for (const column of columns) {
    for (const name of [column.name, ...column.aliases]) {
      const key = PLAIN.test(name) ? name : `_column_${names.size}_`;
      if (!names.has(key)) names.set(key, { name, column });
    }
  }
  return names;
}

/** The condition with a plain name in the place of each one that is not. */
function masked(condition: string, names: ReadonlyMap<string, Name>): string {
  const odd = [...names].filter(([key, { name }]) => key !== name).sort((a, b) => b[1].name.length - a[1].name.length);
  const keys = new Map([...names].map(([key, { name }]) => [name, key]));
  const escaped = odd.map(([, { name }]) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const pattern = [
    /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`([^`]*)`/.source,
    ...escaped.map((it) => `(?<![\\w.])${it}(?!\\w)`),
  ];
  return condition.replace(new RegExp(pattern.join("|"), "gu"), (piece, quoted: string | undefined) => {
    return keys.get(quoted ?? piece) ?? (quoted ?? piece);
  });
}

function holds(expression: Expression, row: Result, asked: ReadonlyMap<string, Column>): boolean {
  const values = new Map([...asked].map(([key, column]) => [key, valueOf(column.cell(row), column)]));
  try {
    return evaluateWhen(expression, values);
  } catch (error) {
    const missing = [...values].filter(([, value]) => value === null).map(([key]) => [key, new Float(NaN)] as const);
    if (missing.length === 0) throw error;
    // What is not there is neither less nor more than anything, which `NaN` isn't either.
    return holdsIfComparable(expression, new Map([...values, ...missing]));
  }
}

function holdsIfComparable(expression: Expression, values: ReadonlyMap<string, Value>): boolean {
  try {
    return evaluateWhen(expression, values);
  } catch (error) {
    // Compared with a text, which it cannot be.
    if (!isLoomError(error)) throw error;
    return false;
  }
}

function valueOf(cell: Cell, { kind }: Column): Value {
  if (cell === undefined) return null;
  if (kind === "time") return new Date(Number(cell)).toISOString();
  const number = kind === "label" ? undefined : numberOf(cell);
  if (number === undefined) return cell;
  return Number.isSafeInteger(number) ? number : new Float(number);
}

/** Every name in a tree of the expression's. */
function* askedFor(node: unknown): Iterable<string> {
  if (typeof node !== "object" || node === null) return;
  if ("kind" in node && node.kind === "name" && "name" in node) yield String(node.name);
  for (const part of Object.values(node)) yield* askedFor(part);
}

function refused(condition: string, error: LoomError, names: ReadonlyMap<string, Name>): LoomError {
  const shown = (text: string) => text.replace(/_column_\d+_/g, (key) => names.get(key)?.name ?? key);
  return new LoomError("usage", `Option --filter cannot be '${condition}': ${shown(String(error.data.reason))}`, {
    hint: error.hint === undefined ? undefined : shown(error.hint),
    cause: error,
  });
}
