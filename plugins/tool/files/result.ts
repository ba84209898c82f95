import type { Json, ToolResult } from "../../../core/ports/tool.ts";

/** What a call was given, checked against the tool's schema. */
export type Args = { readonly [key: string]: Json };

/** A call that did what it should. */
export function done(output: string, more: Partial<ToolResult> = {}): ToolResult {
  return { success: true, output, files_changed: [], ...more };
}

/** A call that could not. The model reads the same words as a person. */
export function failed(error: string, more: Partial<ToolResult> = {}): ToolResult {
  return { success: false, output: error, error, files_changed: [], ...more };
}

/** An optional argument that is a whole number. */
export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** How many of something: `1 line`, `2 lines`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** SHA-256, as 64 hexadecimal digits. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
