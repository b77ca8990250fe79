import { BaseEdge, type Edge, type EdgeProps } from "@xyflow/react";

/** A line whose way is known beforehand: round the cards instead of behind them. */
export function JumpEdge({ data }: EdgeProps<Edge<{ path: string }>>) {
  return <BaseEdge path={data?.path ?? ""} />;
}
