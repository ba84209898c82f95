import type { Predicate } from "../../graph/pipeline.ts";
import { globFiles } from "../../graph/glob.ts";
import { asValue, isTrue } from "../../graph/question.ts";
import type { Found } from "../../graph/resolve.ts";
import { Float, pyStr, type Value } from "../../yaml/value.ts";
import type { FileReader } from "../../ports/files.ts";

/** The answer of a built-in predicate; `args` are resolved. */
export function ask(
  predicate: Predicate,
  asked: Found,
  options: { readonly args: ReadonlyMap<string, Value>; readonly files: FileReader },
): boolean {
  if (predicate === "param") return isTrue(asValue(asked));
  const path = pyStr(asValue(asked));
  const info = options.files.stat(path);
  switch (predicate) {
    case "exists":
      return info !== undefined;
    case "is_file":
      return info?.kind === "file";
    case "is_dir":
      return info?.kind === "directory";
    case "non_empty":
      return info?.kind === "directory" ? options.files.list(path).length > 0 : (info?.sizeBytes ?? 0) > 0;
    case "count":
      return count(path, options);
  }
}

function count(
  path: string,
  { args, files }: { readonly args: ReadonlyMap<string, Value>; readonly files: FileReader },
): boolean {
  const info = files.stat(path);
  if (info === undefined) return false;
  const pattern = String(args.get("pattern") ?? "*");
  const found = info.kind === "directory" ? globFiles(path, pattern, files).length : 1;
  return compare(found, String(args.get("op") ?? ">="), toNumber(args.get("n") ?? 1));
}

function compare(a: number, op: string, b: number): boolean {
  switch (op) {
    case "=":
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case ">":
      return a > b;
    case "<":
      return a < b;
    case ">=":
      return a >= b;
    case "<=":
      return a <= b;
    default:
      throw new RangeError(`Cannot compare with '${op}'`);
  }
}

function toNumber(value: Value): number {
  return value instanceof Float ? value.value : Number(value);
}
