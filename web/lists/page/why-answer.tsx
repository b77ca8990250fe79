import { VisuallyHidden } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Reply } from "../../api.ts";
import { contactName } from "../../contacts/record/contact-name.ts";
import { contactQuery } from "../../contacts/record/contact-queries.ts";
import { useSourceText } from "../../contacts/record/use-source-text.ts";
import type { Condition } from "../../filters/filter-field.ts";
import { useDescribeCondition } from "../../filters/use-describe-condition.ts";
import { useFilterFields } from "../../filters/use-filter-fields.ts";
import { Badge } from "../../ui/badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { icon } from "../../ui/icons.ts";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import type { FullList } from "../list-queries.ts";
import classes from "../lists.module.css";
import { useExplainedValue } from "./use-explained-value.ts";

type Why = Reply<"GET /api/lists/:listId/contacts/:contactId">;
type Group = Why["groups"][number];

interface WhyAnswerProps {
  readonly list: FullList;
  readonly contactId: string;
  readonly why: Why;
}

/** In a sentence, then proven condition by condition. */
export function WhyAnswer({ list, contactId, why }: WhyAnswerProps) {
  const { t } = useTranslation("lists");
  const { data: contact } = useQuery(contactQuery(contactId));
  const name =
    (contact && contactName(contact.properties)) || t("contacts-index:nameless", { id: contactId });
  return (
    <Section
      title={t(why.member ? "why.in" : "why.out", { name })}
      aside={
        <Badge tone={why.member ? "good" : "plain"}>{t(why.member ? "why.member" : "why.notMember")}</Badge>
      }
    >
      <div className={classes["fields"]}>
        <Since why={why} />
        {why.matches !== null && why.matches !== why.member && <Note>{t("why.catchingUp")}</Note>}
        {list.type === "static" && !why.member && <p className={classes["dimmed"]}>{t("why.neverAdded")}</p>}
        {why.groups.map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
          <GroupTable key={place} group={group} first={place === 0} />
        ))}
        <p>
          <Link to="/contacts/$contactId" params={{ contactId }}>
            {t("why.openContact")}
          </Link>
        </p>
      </div>
    </Section>
  );
}

/** Since when, and for static lists who put the contact there. */
function Since({ why: { added, groups } }: Pick<WhyAnswerProps, "why">) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const sourceText = useSourceText();
  if (added === null) return null;
  const date = format.moment(added.at);
  if (groups.length > 0 || added.actor === null) return <p>{t("why.memberSince", { date })}</p>;
  const source = { type: added.sourceType, id: added.sourceId, name: null };
  return (
    <p>
      {t("why.addedBy", { date, source: sourceText({ source, actor: added.actor }) })}
      {added.operationId !== null && (
        <>
          {", "}
          <Link to="/operations/$operationId" params={{ operationId: added.operationId }}>
            {t("operations:operationNumber", { id: added.operationId })}
          </Link>
        </>
      )}
    </p>
  );
}

function GroupTable({ group, first }: { readonly group: Group; readonly first: boolean }) {
  const { t } = useTranslation("lists");
  const missing = group.conditions.filter(({ met }) => !met).length;
  return (
    <div className={classes["whyGroup"]} data-met={group.met || undefined}>
      <table>
        <caption>{t(first ? "why.group" : "why.orGroup")}</caption>
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>{t("why.met")}</VisuallyHidden>
            </th>
            <th scope="col">{t("why.condition")}</th>
            <th scope="col">{t("why.value")}</th>
          </tr>
        </thead>
        <tbody>
          {group.conditions.map((condition, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
            <ConditionRow key={place} condition={condition} />
          ))}
        </tbody>
      </table>
      <p>{group.met ? t("why.groupMet") : t("why.groupNotMet", { count: missing })}</p>
    </div>
  );
}

function ConditionRow({ condition }: { readonly condition: Group["conditions"][number] }) {
  const { t } = useTranslation("lists");
  const describe = useDescribeCondition(useFilterFields());
  const valueOf = useExplainedValue();
  const { met, propertyName, values } = condition;
  const operator = condition.operator as Condition["operator"];
  const { name, operator: comparison, value } = describe(asCondition(propertyName, operator, values));
  return (
    <tr>
      <td data-met={met}>
        {met ? <IconCheck {...icon} /> : <IconX {...icon} />}
        <VisuallyHidden>{t(met ? "why.met" : "why.notMet")}</VisuallyHidden>
      </td>
      <td>
        <strong>{name}</strong> {comparison} {value !== undefined && <b>{value}</b>}
      </td>
      <td>{valueOf(condition)}</td>
    </tr>
  );
}

function asCondition(
  propertyName: string,
  operator: Condition["operator"],
  values: readonly string[],
): Condition {
  if (operator === "BETWEEN")
    return { propertyName, operator, value: values[0] ?? "", highValue: values[1] ?? "" };
  return { propertyName, operator, values: [...values] };
}
