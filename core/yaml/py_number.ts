/**
 * Numbers read and printed by Python's rules.
 *
 * @module
 */

/** What Python's `int()` and `float()` pass over at both ends; JavaScript's `trim()` knows another set. */
const SPACE = "[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const INT = new RegExp(`^${SPACE}([-+]?)(\\p{Nd}+(?:_\\p{Nd}+)*)${SPACE}$`, "u");
const DIGITS = "\\p{Nd}+(?:_\\p{Nd}+)*";
const FLOAT = new RegExp(
  `^${SPACE}([-+]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][-+]?${DIGITS})?)${SPACE}$`,
  "u",
);
const SPECIAL = new RegExp(`^${SPACE}([-+]?)(inf|infinity|nan)${SPACE}$`, "i");

/** Python refuses to turn longer decimal texts into an int (`sys.set_int_max_str_digits`). */
const MAX_DIGITS = 4300;

/** What Python's `int(text)` gives, or undefined where it raises. Beyond the safe range: a bigint. */
export function pyInt(text: string): number | bigint | undefined {
  const match = INT.exec(text);
  if (match === null) return undefined;
  const digits = asciiDigits(match[2].replaceAll("_", ""));
  if (digits.length > MAX_DIGITS) return undefined;
  return narrow(match[1] === "-" ? -BigInt(digits) : BigInt(digits));
}

/** What Python's `float(text)` gives, or undefined where it raises. */
export function pyFloat(text: string): number | undefined {
  const match = FLOAT.exec(text);
  if (match !== null) return Number(asciiDigits(match[1].replaceAll("_", "")));
  const special = SPECIAL.exec(text);
  if (special === null) return undefined;
  if (special[2].toLowerCase() === "nan") return NaN;
  return special[1] === "-" ? -Infinity : Infinity;
}

/** A number where it is exact, else the bigint itself. */
export function narrow(value: bigint): number | bigint {
  return value >= -MAX_SAFE && value <= MAX_SAFE ? Number(value) : value;
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * A float as Python prints it: the shortest digits that read back the same, always with a point or an exponent,
 * which is used below 1e-4 and from 1e16 on and has at least two digits.
 */
export function pyFloatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e16)) {
    return Number.isInteger(value) ? `${value}.0` : String(value);
  }
  const [mantissa, exponent] = value.toExponential().split("e");
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

/** Python reads the decimal digits of every script; they come in runs of ten that start with the zero. */
function asciiDigits(text: string): string {
  if (!/\P{ASCII}/u.test(text)) return text;
  return text.replace(/\P{ASCII}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    let first = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
    return String((code - first) % 10);
  });
}
