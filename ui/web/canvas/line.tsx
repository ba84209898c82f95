import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { aroundPath, curvePath, feedbackPath } from "../../graph/curve.ts";
import type { LineEdgeType } from "./scene.ts";

/** One line. Feedback goes below the boxes, back to where it came from. */
export const LineEdge = memo(function LineEdge(
  { sourceX, sourceY, targetX, targetY, data, interactionWidth }: EdgeProps<LineEdgeType>,
) {
  // Handles stand on the sides of boxes: their middles are where lines begin and end.
  const [from, to] = [{ x: sourceX - HALF, y: sourceY }, { x: targetX + HALF, y: targetY }];
  const { below, across } = data ?? {};
  const path = below !== undefined
    ? feedbackPath(from, to, below)
    : across !== undefined
    ? aroundPath(from, to, across)
    : curvePath(from, to);
  return <BaseEdge path={path} interactionWidth={interactionWidth} />;
});

const HALF = 6;
