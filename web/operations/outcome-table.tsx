import { Table, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/format.ts";
import { Section } from "../ui/section.tsx";
import { SegmentKey } from "../ui/split-bar.tsx";
import { GroupContacts } from "./group-contacts.tsx";
import { type Operation, roleOf } from "./operation-query.ts";
import classes from "./operations.module.css";
import { useOperationText } from "./use-operation-text.ts";

type Group = Operation["outcomes"][number];

/** The groups of the outcome; they add up to what was done, and each opens its contacts. */
export function OutcomeTable({ operation }: { readonly operation: Operation }) {
  const { t } = useTranslation("operations");
  const [shown, setShown] = useState<Group | null>(null);
  const format = useFormat();
  return (
    <Section title={t("outcomeByGroup")}>
      <Table className={classes["outcomes"] ?? ""}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("column.group")}</Table.Th>
            <Table.Th className={classes["wide"] ?? ""}>{t("column.reason")}</Table.Th>
            <Table.Th className={classes["number"] ?? ""}>{t("column.contacts")}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t("column.show")}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {operation.outcomes.map((group) => (
            <GroupRow key={`${group.outcome}:${group.reason}`} group={group} onShow={() => setShown(group)} />
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{t("total")}</Table.Th>
            <Table.Td className={classes["wide"] ?? ""} />
            <Table.Td className={classes["number"] ?? ""}>{format.number(operation.done)}</Table.Td>
            <Table.Td />
          </Table.Tr>
        </Table.Tfoot>
      </Table>
      <GroupContacts operationId={operation.id} group={shown} onClose={() => setShown(null)} />
    </Section>
  );
}

function GroupRow({ group, onShow }: { readonly group: Group; readonly onShow: () => void }) {
  const { t } = useTranslation("operations");
  const text = useOperationText();
  const format = useFormat();
  return (
    <Table.Tr>
      <Table.Td>
        <span className={classes["group"]}>
          <SegmentKey role={roleOf(group.outcome)} /> {text.outcome(group.outcome)}
        </span>
      </Table.Td>
      <Table.Td className={classes["reason"] ?? ""}>{text.reason(group.outcome, group.reason)}</Table.Td>
      <Table.Td className={classes["number"] ?? ""}>{format.number(group.contacts)}</Table.Td>
      <Table.Td className={classes["number"] ?? ""}>
        <button type="button" className={classes["link"]} onClick={onShow}>
          {t("show")}
          <VisuallyHidden> {text.outcome(group.outcome)}</VisuallyHidden>
        </button>
      </Table.Td>
    </Table.Tr>
  );
}
