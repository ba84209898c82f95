/** Stands in for a model: it knows a change for each test, and is paid like a real one. */

/** A response as Anthropic's client gives it, as far as it is read here. */
export interface Response {
  readonly model: string;
  readonly content: readonly { readonly type: "text"; readonly text: string }[];
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number };
}

const changes: Readonly<Record<string, readonly [wrong: string, right: string]>> = {
  "an odd number of numbers": [
    "return sorted[sorted.length / 2];",
    "const middle = Math.floor(sorted.length / 2);\n  return sorted[middle];",
  ],
  "an even number of numbers": [
    "return sorted[middle];",
    "return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;",
  ],
  "ten is more than nine": [".sort()", ".sort((a, b) => a - b)"],
  "what it is given stays as it is": [".sort(", ".toSorted("],
};

/** Mends what the first failing test is about. */
export function askModel(prompt: string): Promise<Response> {
  const [program, failures] = prompt.split("\nThese tests fail:\n");
  const [wrong, right] = changes[failures.split("\n")[0]];
  const text = program.replace(wrong, right);
  // About four characters to a token.
  const usage = { input_tokens: Math.ceil(prompt.length / 4), output_tokens: Math.ceil(text.length / 4) };
  return Promise.resolve({ model: "claude-sonnet-4-5", content: [{ type: "text", text }], usage });
}
