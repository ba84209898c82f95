/**
 * The tool that calculates.
 *
 * @module
 */

import type { Plugin } from "../../../core/ports/plugin.ts";
import type { Tool } from "../../../core/ports/tool.ts";
import { calculate } from "./calculate.ts";
import { FUNCTIONS } from "./functions.ts";

const calculator: Tool = {
  info: {
    name: "calculator",
    description: `Work out an arithmetic expression: + - * / // % **, brackets, numbers, pi, e, and ${
      Object.keys(FUNCTIONS).join(", ")
    }. npv(rate, [flow, …]) has its first flow today.`,
    parameters: {
      type: "object",
      properties: {
        expression: { type: "string", minLength: 1, maxLength: 10_000, description: "Such as (1 + 2) ** 3" },
      },
      required: ["expression"],
      additionalProperties: false,
    },
    tier: "read-only",
    is_mutating: false,
  },
  run: ({ expression }) => {
    try {
      const value = calculate(String(expression));
      return Promise.resolve({ success: true, output: String(value), data: { value }, files_changed: [] });
    } catch (error) {
      // These two are what it says of an expression; anything else is a fault.
      if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
      return Promise.resolve({ success: false, output: error.message, error: error.message, files_changed: [] });
    }
  },
};

const plugin: Plugin = {
  name: "calculator",
  version: "1.0.0",
  description: "Arithmetic",
  api: 1,
  permissions: {},
  provides: { tool: { calculator } },
};

export default plugin;
