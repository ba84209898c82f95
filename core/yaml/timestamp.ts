import { Timestamp } from "./value_types.ts";
import { YamlFault } from "./fault.ts";

const PATTERN = new RegExp(
  "^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})" +
    "(?:(?:[Tt]|[ \\t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]*))?" +
    "(?:[ \\t]*(?:(Z)|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?)?$",
);

const DAY_SECONDS = 86400;

/**
 * A date or a time with or without offset, as Python's `datetime` module holds and prints it.
 *
 * @param text What the file says, such as `2024-01-02` or `2001-12-14t21:59:43.10-05:00`.
 * @throws {YamlFault} If there is no such day, time or offset.
 */
export function readTimestamp(text: string): Timestamp {
  const match = PATTERN.exec(text);
  if (match === null) throw impossible(text);
  const [year, month, day] = match.slice(1, 4).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) throw impossible(text);
  const date = `${match[1]}-${two(month)}-${two(day)}`;
  const parts = [year, month, day];
  if (match[4] === undefined) return new Timestamp(date, `datetime.date(${parts.join(", ")})`);
  return readTime(text, { match, date, parts });
}

interface Day {
  readonly match: RegExpExecArray;
  readonly date: string;
  readonly parts: readonly number[];
}

function readTime(text: string, { match, date, parts }: Day): Timestamp {
  const [hour, minute, second] = match.slice(4, 7).map(Number);
  if (hour > 23 || minute > 59 || second > 59) throw impossible(text);
  const micros = Number((match[7] ?? "").slice(0, 6).padEnd(6, "0"));
  const offset = readOffset(text, match);
  const zone = offset === undefined ? "" : offsetText(offset);
  const fraction = micros === 0 ? "" : `.${String(micros).padStart(6, "0")}`;
  const shown = [...parts, hour, minute];
  if (second !== 0 || micros !== 0) shown.push(second);
  if (micros !== 0) shown.push(micros);
  const words = shown.join(", ") + (offset === undefined ? "" : `, tzinfo=${offsetRepr(offset)}`);
  return new Timestamp(
    `${date} ${two(hour)}:${two(minute)}:${two(second)}${fraction}${zone}`,
    `datetime.datetime(${words})`,
  );
}

/** Seconds east of Greenwich; undefined for a time that names none. */
function readOffset(text: string, match: RegExpExecArray): number | undefined {
  if (match[8] !== undefined) return 0;
  if (match[9] === undefined) return undefined;
  const seconds = Number(match[10]) * 3600 + Number(match[11] ?? 0) * 60;
  if (seconds >= DAY_SECONDS) throw impossible(text);
  return match[9] === "-" ? -seconds || 0 : seconds;
}

function offsetText(seconds: number): string {
  const minutes = Math.abs(seconds) / 60;
  return `${seconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Python keeps a negative length of time as days below zero and seconds above. */
function offsetRepr(seconds: number): string {
  if (seconds === 0) return "datetime.timezone.utc";
  const delta = seconds < 0 ? `days=-1, seconds=${seconds + DAY_SECONDS}` : `seconds=${seconds}`;
  return `datetime.timezone(datetime.timedelta(${delta}))`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function impossible(text: string): YamlFault {
  return new YamlFault(`No such date or time: ${text}`, "put it in quotes if it is text");
}
