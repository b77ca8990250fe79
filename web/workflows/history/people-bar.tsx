import { Checkbox } from "@mantine/core";
import { IconRefresh, IconUserMinus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Input } from "../../api.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { smallIcon } from "../../ui/icons.ts";
import { useLackingReason, useWorkflowChange } from "../workflow-query.ts";
import classes from "./history.module.css";
import type { Enrollment } from "./history-queries.ts";
import { given } from "./paged.tsx";
import type { RecordsProps } from "./records-props.ts";
import { TakeOutDialog } from "./take-out-dialog.tsx";

interface BarProps extends RecordsProps {
  /** Those who can be chosen. */
  readonly people: readonly Enrollment[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly hasMore: boolean;
}

/** What can be done with those who are chosen; of the parked, with all of them. */
export function PeopleBar(props: BarProps) {
  const { t } = useTranslation("workflow-history");
  const { people, chosen, onChoose, hasMore } = props;
  const format = useFormat();
  const some = people.filter(({ id }) => chosen.has(id));
  const all = some.length === people.length && people.length > 0;
  return (
    <div className={classes["bar"]} role="group" aria-label={t("bar.label")}>
      <Checkbox
        label={
          some.length > 0
            ? t("bar.chosen", { count: some.length, number: format.number(some.length) })
            : t(hasMore ? "bar.chooseShown" : "bar.chooseAll")
        }
        checked={all}
        indeterminate={some.length > 0 && !all}
        onChange={() => onChoose(new Set(all ? [] : people.map(({ id }) => id)))}
      />
      <Acts {...props} some={some} />
    </div>
  );
}

interface ActsProps extends BarProps {
  /** Those of them who are chosen. */
  readonly some: readonly Enrollment[];
}

/** Nobody chosen means all who are parked, shown or not; words of a search narrow it to those that are shown. */
function whomOf({ history: { view }, people, some }: ActsProps) {
  const everybody = some.length === 0 && view.query === undefined;
  const wanted = some.length > 0 ? some : people;
  const ids = wanted.map(({ id }) => id);
  return everybody
    ? { everybody, which: given({ step: view.step }), whom: { parked: given({ step: view.step }) } }
    : { everybody, which: { enrollmentIds: ids }, whom: { contacts: wanted.map(({ contact }) => contact) } };
}

function Acts(props: ActsProps) {
  const { workflowId, history, some, onChoose } = props;
  const { t } = useTranslation("workflow-history");
  // Those who are chosen may leave by themselves while the dialog is open: then it is not about all others.
  const [takingOut, setTakingOut] = useState<ReturnType<typeof whomOf>["whom"] | null>(null);
  const parked = history.view.state === "parked";
  if (!parked && some.length === 0 && takingOut === null) return null;
  const { everybody, which, whom } = whomOf(props);
  return (
    <span className={classes["barActs"]}>
      {parked && (
        <TryAgain
          workflowId={workflowId}
          which={which}
          everybody={everybody}
          onDone={() => onChoose(new Set())}
        />
      )}
      <GuardedButton
        size="sm"
        variant="default"
        permission="workflows.edit"
        leftSection={<IconUserMinus {...smallIcon} />}
        onClick={() => setTakingOut(whom)}
      >
        {t(everybody ? "bar.takeOutAll" : "bar.takeOut")}
      </GuardedButton>
      {takingOut && (
        <TakeOutDialog
          workflowId={workflowId}
          {...takingOut}
          onClose={() => setTakingOut(null)}
          onDone={() => onChoose(new Set())}
        />
      )}
    </span>
  );
}

interface TryAgainProps {
  readonly workflowId: string;
  readonly everybody: boolean;
  /** These, or all, of the step if there is one. */
  readonly which: Omit<Input<"POST /api/workflows/:workflowId/retry">, "workflowId">;
  readonly onDone: () => void;
}

function TryAgain({ workflowId, which, everybody, onDone }: TryAgainProps) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  const lacking = useLackingReason();
  const retry = useWorkflowChange(
    () => call("POST /api/workflows/:workflowId/retry", { workflowId, ...which }),
    {
      done: ({ retried }) => ({
        title: t("bar.retried", { count: retried, number: format.number(retried) }),
      }),
      onDone,
      toastError: true,
    },
  );
  return (
    <GuardedButton
      size="sm"
      variant="default"
      permission="workflows.edit"
      reason={lacking}
      leftSection={<IconRefresh {...smallIcon} />}
      loading={retry.isPending}
      onClick={() => retry.mutate(undefined)}
    >
      {t(everybody ? "bar.retryAll" : "bar.retry")}
    </GuardedButton>
  );
}
