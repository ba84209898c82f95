import { z } from "zod";

const Node = z.object({
  id: z.string().describe("Unique, such as step:train, data:scores, parameter:lr, group:model"),
  kind: z.enum(["step", "data", "parameter", "group"]),
  label: z.string(),
  state: z.enum(["fresh", "stale", "missing", "modified", "never run", "no outputs", "present"]).nullable()
    .describe("Of steps and repeated groups as in status; of data whether they are there; else null"),
  step_kind: z.enum(["task", "condition", "switch", "until"]).optional(),
  type: z.string().optional().describe("Of data, as written"),
  detail: z.string().optional().describe("Script, predicate, path or value"),
  description: z.string().optional(),
  group: z.string().optional().describe("Id of the group that it lies in"),
  optional: z.boolean().optional(),
  disabled: z.boolean().optional(),
  each: z.string().optional().describe("Which files a step runs once for"),
  iterations: z.int().optional().describe("Of a repeated group"),
  tries: z.int().optional().describe("How many values a sweep tries"),
  duration_ms: z.number().optional().describe("Of the last run that did it"),
  position: z.object({ x: z.number(), y: z.number() }).optional().describe("On the canvas"),
});

const Edge = z.object({
  source: z.string(),
  target: z.string(),
  label: z.string().describe("Name of the input, or the flag"),
  kind: z.enum(["input", "output", "argument", "branch", "order", "feedback", "nested"]),
  branch: z.enum(["then", "else"]).optional(),
});

/** What `loom graph FILE.yml --format json` prints. */
export const GraphSchema = z.object({
  name: z.string(),
  nodes: z.array(Node),
  edges: z.array(Edge),
  sweep: z.array(z.object({ name: z.string(), tries: z.int() })).describe("What a sweep tries"),
});
