import { UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import figures from "../../ui/figures.module.css";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import type { WorkflowNumbers } from "../workflow-query.ts";
import { type EnrollmentState, enrollmentStates } from "../workflow-search.ts";
import classes from "./history.module.css";
import { numbersQuery } from "./history-queries.ts";
import { openPeople } from "./number-tiles.tsx";
import { placeTitle } from "./place-title.ts";
import type { HistoryView } from "./use-history-view.ts";
import type { StepLookup } from "./use-step-lookup.ts";

type Inside = WorkflowNumbers["inside"];

const insideStates = enrollmentStates.filter((state) => state !== "finished" && state !== "left");

interface PlacesSectionProps {
  readonly workflowId: string;
  readonly history: HistoryView;
  readonly lookup: StepLookup;
}

/** Who stands before which step; each number opens its contacts. */
export function PlacesSection({ workflowId, history, lookup }: PlacesSectionProps) {
  const { t } = useTranslation("workflow-history");
  const { data } = useQuery(numbersQuery(workflowId, history.view.days ?? 90));
  if (data === undefined) return null;
  return (
    <Section title={t("places.title")}>
      {data.inside.length === 0 ? (
        <p className={classes["quiet"]}>{t("places.nobody")}</p>
      ) : (
        <div className={figures["frame"]} tabIndex={0} role="group" aria-label={t("places.title")}>
          <table className={figures["figures"]}>
            <thead>
              <tr>
                <th scope="col">{t("places.step")}</th>
                {insideStates.map((state) => (
                  <th key={state} scope="col">
                    {t(`state.${state}`)}
                  </th>
                ))}
                <th scope="col">{t("places.total")}</th>
              </tr>
            </thead>
            <tbody>
              {stepsInOrder(data.inside, lookup).map((step) => (
                <tr key={step}>
                  <th scope="row">{placeTitle(data.inside, step, lookup)}</th>
                  {[...insideStates, undefined].map((state) => (
                    <td key={state ?? "total"}>
                      <Count
                        contacts={sumOf(data.inside, { step, state })}
                        {...(step !== "" && { onOpen: () => openPeople(history, { state, step }) })}
                        label={[
                          placeTitle(data.inside, step, lookup),
                          state === undefined ? "" : t(`state.${state}`),
                        ]}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

/** As the newest version has them, those that only older ones have behind. */
function stepsInOrder(inside: Inside, { steps }: StepLookup): string[] {
  const order = ["", ...steps.map(({ id }) => id)];
  const place = (step: string) => (order.includes(step) ? order.indexOf(step) : order.length);
  return [...new Set(inside.map(({ step }) => step))].toSorted((a, b) => place(a) - place(b));
}

function sumOf(inside: Inside, wanted: { step: string; state: EnrollmentState | undefined }): number {
  return inside
    .filter(
      ({ step, state }) => step === wanted.step && (wanted.state === undefined || state === wanted.state),
    )
    .reduce((sum, { contacts }) => sum + contacts, 0);
}

interface CountProps {
  readonly contacts: number;
  readonly onOpen?: () => void;
  /** Step and state, for screen readers. */
  readonly label: readonly string[];
}

function Count({ contacts, onOpen, label }: CountProps) {
  const format = useFormat();
  if (contacts === 0) return "–";
  const number = format.number(contacts);
  if (onOpen === undefined) return number;
  return (
    <UnstyledButton
      className={classes["link"]}
      aria-label={[number, ...label.filter(Boolean)].join(", ")}
      onClick={onOpen}
    >
      {number}
    </UnstyledButton>
  );
}
