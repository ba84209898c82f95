/**
 * Spans in the form in which OpenTelemetry collectors take them as JSON.
 *
 * Source: OpenTelemetry Protocol 1.x, "JSON Protobuf Encoding": ids are hexadecimal, integers of 64 bits are texts.
 *
 * @module
 */

/** A named value. */
export interface OtlpAttribute {
  readonly key: string;
  readonly value:
    | { readonly stringValue: string }
    | { readonly intValue: string }
    | { readonly doubleValue: number }
    | { readonly boolValue: boolean };
}

/** Something that happened during a span. */
export interface OtlpEvent {
  readonly timeUnixNano: string;
  readonly name: string;
  readonly attributes: readonly OtlpAttribute[];
}

/** A piece of work, from one instant to another. */
export interface OtlpSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1: internal. */
  readonly kind: 1;
  /** Nanoseconds since 1970, as text. */
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly events: readonly OtlpEvent[];
  /** 0: unset, 1: ok, 2: error. */
  readonly status: { readonly code: 0 | 1 | 2; readonly message?: string };
}

/** The body of a request to `/v1/traces`. */
export interface OtlpTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** What an attribute may be; whole numbers are given as `bigint`, so that a kind of value does not change with its value. */
export type Plain = string | number | bigint | boolean;

/** Spans as a request. */
export function tracesOf(spans: readonly OtlpSpan[]): OtlpTraces {
  const resource = { attributes: attributesOf({ "service.name": "loom" }) };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "@loom/loom" }, spans }] }] };
}

/** Attributes; what is `undefined` is left out. */
export function attributesOf(members: Readonly<Record<string, Plain | undefined>>): readonly OtlpAttribute[] {
  return Object.entries(members).flatMap(([key, value]) => value === undefined ? [] : [{ key, value: valueOf(value) }]);
}

/** Milliseconds as nanoseconds, in text. */
export function nanoTime(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}

/** What happened, out of the data of an event of a loop. */
export function eventOf(name: string, at: number, data: Readonly<Record<string, unknown>>): OtlpEvent {
  const known = Object.entries(data).filter(([key]) => key !== "step").map((
    [key, value],
  ) => [`loom.${key}`, plain(value)]);
  return { timeUnixNano: nanoTime(at), name, attributes: attributesOf(Object.fromEntries(known)) };
}

function plain(value: unknown): Plain | undefined {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return value === undefined ? undefined : JSON.stringify(value);
}

function valueOf(value: Plain): OtlpAttribute["value"] {
  switch (typeof value) {
    case "string":
      return { stringValue: value };
    case "bigint":
      return { intValue: String(value) };
    case "boolean":
      return { boolValue: value };
    case "number":
      return { doubleValue: value };
  }
}
