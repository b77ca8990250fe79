import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOperationText } from "../../operations/use-operation-text.ts";
import { useFormat } from "../../ui/format.ts";
import type { History } from "./usage-queries.ts";

interface OperationMarkProps {
  readonly operation: History["operations"][number];
  readonly timeZone: string;
}

/** A hollow dot that says what happened and opens it. */
export function OperationMark({ operation, timeZone }: OperationMarkProps) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { named } = useOperationText();
  const { id, kind, name, at, change, scheduled } = operation;
  const text = t(change === 0 ? "mark.scheduled" : "mark.moved", {
    what: named(kind, name),
    day: format.date(at, timeZone),
    change: format.signed(change === 0 ? -scheduled : change),
  });
  return (
    <Tooltip label={text} openDelay={100}>
      <Link to="/operations/$operationId" params={{ operationId: id }} aria-label={text} />
    </Tooltip>
  );
}
