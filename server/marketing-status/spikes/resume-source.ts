import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { endPause } from "./queries.ts";

/** Lets a paused source go on, counting from now. */
export function resumeSource(
  context: Context,
  { pauseId }: { pauseId: string },
): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    const source = await endPause(context, pauseId);
    if (source === undefined)
      throw new AppError("not_found", "marketing-status:pause_not_found", { pauseId });
    await recordEvent(context, { type: "marketing.source_resumed", details: { ...source } });
    return {};
  });
}
