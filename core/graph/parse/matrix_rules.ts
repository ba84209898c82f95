/**
 * `matrix.random` and `matrix.stop`.
 *
 * @module
 */

import { asNumber, didYouMean, type Section } from "./section.ts";
import type { EarlyStop, Matrix } from "../pipeline.ts";

const RANDOM_KEYS: ReadonlySet<string> = new Set(["n", "seed"]);
const STOP_KEYS: ReadonlySet<string> = new Set(["metric", "mode", "rule", "threshold", "warmup"]);
const MODES = ["min", "max"] as const;
const RULES = ["median", "worse_than"] as const;

/** As many others must have come as far before a median means something. */
const MEDIAN_WARMUP = 3;

/** How many points are drawn: a number, or a map of `n` and `seed`. */
export function parseRandom(matrix: Section): Matrix["random"] {
  const value = matrix.get("random");
  if (value === undefined || Array.isArray(value)) return undefined;
  if (!(value instanceof Map)) {
    const n = countOf(matrix, "random", 1);
    return n === undefined ? undefined : { n, seed: 0 };
  }
  const random = matrix.section("random")!;
  random.checkKeys(RANDOM_KEYS);
  const [n, seed] = [countOf(random, "n", 1), random.get("seed") === undefined ? 0 : countOf(random, "seed", 0)];
  return n === undefined || seed === undefined ? undefined : { n, seed };
}

function countOf(owner: Section, key: string, least: number): number | undefined {
  const value = owner.get(key);
  if (typeof value === "number" && value >= least) return value;
  owner.mismatch(key, `a whole number of at least ${least}`, { code: "not-a-number" });
  return undefined;
}

/** When points are ended early. */
export function parseStop(matrix: Section): EarlyStop | undefined {
  if (!(matrix.get("stop") instanceof Map)) return undefined;
  const stop = matrix.section("stop")!;
  stop.checkKeys(STOP_KEYS);
  const metric = stop.requiredText("metric", "name the metric to judge by, such as 'acc'");
  const mode = wordOf(stop, "mode", MODES, "say whether less (min) or more (max) is better");
  const rule = stop.get("rule") === undefined
    ? stop.get("threshold") === undefined ? "median" : "worse_than"
    : wordOf(stop, "rule", RULES, "median or worse_than");
  if (mode === undefined || rule === undefined || metric === "") return undefined;
  const threshold = thresholdOf(stop, rule);
  const warmup = stop.get("warmup") === undefined ? rule === "median" ? MEDIAN_WARMUP : 0 : countOf(stop, "warmup", 0);
  if (warmup === undefined || (rule === "worse_than" && threshold === undefined)) return undefined;
  return { metric, mode, rule, ...(threshold !== undefined && { threshold }), warmup };
}

function wordOf<T extends string>(stop: Section, key: string, words: readonly T[], hint: string): T | undefined {
  const text = stop.requiredText(key, hint);
  const known = words.find((word) => word === text);
  if (known === undefined && text !== "") {
    stop.mismatch(key, words.join(" or "), { code: "unknown-word", hint: didYouMean(text, words) });
  }
  return known;
}

function thresholdOf(stop: Section, rule: EarlyStop["rule"]): number | undefined {
  const value = stop.get("threshold");
  const number = value === undefined ? undefined : asNumber(value);
  if (rule === "median") {
    if (value === undefined) return undefined;
    const message = `${stop.named("threshold")} has no effect on the rule median`;
    stop.warn({ code: "no-effect", message, hint: "write 'rule: worse_than'", under: ["threshold"] });
    return undefined;
  }
  if (number !== undefined && Number.isFinite(number)) return number;
  if (value !== undefined) stop.mismatch("threshold", "a number", { code: "not-a-number" });
  else {
    const message = `${stop.named("threshold")} is missing, which the rule worse_than needs`;
    stop.error({ code: "missing-key", message, hint: "give the number that points must not be worse than" });
  }
  return undefined;
}
