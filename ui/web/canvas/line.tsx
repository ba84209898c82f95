import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { curvePath, feedbackPath } from "../../graph/curve.ts";
import type { LineEdgeType } from "./scene.ts";

/** One line. Feedback goes below the boxes, back to where it came from. */
export const LineEdge = memo(function LineEdge(
  { sourceX, sourceY, targetX, targetY, data, interactionWidth }: EdgeProps<LineEdgeType>,
) {
  // Handles stand on the sides of boxes: their middles are where lines begin and end.
  const [from, to] = [{ x: sourceX - HALF, y: sourceY }, { x: targetX + HALF, y: targetY }];
  const path = data?.below === undefined ? curvePath(from, to) : feedbackPath(from, to, data.below);
  return <BaseEdge path={path} interactionWidth={interactionWidth} />;
});

const HALF = 6;
