import { canonicalOfOlder } from "../interpolation.ts";
import { mapTexts, REFERENCE_ROLES } from "../map_texts.ts";
import type { Pipeline } from "../pipeline.ts";

/** The pipeline with its texts in the form of version 2; what they mean stays the same. */
export function canonical(pipeline: Pipeline): Pipeline {
  if (pipeline.version === 2 || pipeline.included !== undefined) return pipeline;
  return mapTexts(pipeline, (text, { role, at }) => {
    // Under version 1 settings, and what lies in lists, are passed on as they are.
    const isLiteral = role === "path" || role === "plain" || (role === "parameter" && at.length > 2);
    return canonicalOfOlder(text, { isReference: REFERENCE_ROLES.has(role), expands: !isLiteral });
  });
}
