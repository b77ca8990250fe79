import { Checkbox, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Reply } from "../api.ts";
import stacked from "../ui/stacked.module.css";
import classes from "./imports.module.css";

type Rejection = Reply<"GET /api/imports/:importId/rejections">["rejections"][number];

/** Mended values by line; a row is retried when it has one. */
export type Fixes = ReadonlyMap<number, string>;

interface RejectionTableProps {
  readonly rows: readonly Rejection[];
  readonly fixes: Fixes;
  readonly onFixes: (fixes: Fixes) => void;
  readonly readOnly: boolean;
}

/** Line, value, reason, and a field to mend the value in place. */
export function RejectionTable({ rows, fixes, onFixes, readOnly }: RejectionTableProps) {
  const change = (line: number, value: string | null) => {
    const next = new Map(fixes);
    if (value === null) next.delete(line);
    else next.set(line, value);
    onFixes(next);
  };
  return (
    <div className={classes["scroll"]}>
      <table className={`${classes["rejected"]} ${stacked["stacked"]}`}>
        <Head readOnly={readOnly} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <Told row={row} />
              {!readOnly && row.retriedIn !== null && <Retried importId={row.retriedIn} />}
              {!readOnly && row.retriedIn === null && (
                <Mending row={row} fix={fixes.get(row.line)} onFix={(value) => change(row.line, value)} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useTranslation("imports");
  return (
    <thead>
      <tr>
        <th scope="col" data-align="end">
          {t("rejected.line")}
        </th>
        <th scope="col">{t("rejected.value")}</th>
        <th scope="col">{t("rejected.reason")}</th>
        {!readOnly && <th scope="col">{t("rejected.fix")}</th>}
        {!readOnly && (
          <th scope="col" data-align="end">
            {t("rejected.retry")}
          </th>
        )}
      </tr>
    </thead>
  );
}

/** The value that is to blame, or the whole row. */
function blamed({ column, values }: Rejection): string {
  return column === null ? values.filter(Boolean).join(", ") : (values[column] ?? "");
}

function Told({ row }: { readonly row: Rejection }) {
  const value = blamed(row);
  return (
    <>
      <td data-align="end">{row.line}</td>
      <td>{value || "–"}</td>
      <td>{row.reason}</td>
    </>
  );
}

function Retried({ importId }: { readonly importId: string }) {
  const { t } = useTranslation("imports");
  return (
    <td colSpan={2}>
      <Link to="/imports/$importId" params={{ importId }}>
        {t("rejected.retried")}
      </Link>
    </td>
  );
}

interface MendingProps {
  readonly row: Rejection;
  readonly fix: string | undefined;
  readonly onFix: (value: string | null) => void;
}

function Mending({ row, fix, onFix }: MendingProps) {
  const { t } = useTranslation("imports");
  const value = blamed(row);
  return (
    <>
      <td>
        {row.column !== null && (
          <TextInput
            size="xs"
            aria-label={t("rejected.fixOf", { line: row.line })}
            placeholder={fix === "" ? t("rejected.leaveEmpty") : value}
            value={fix ?? ""}
            data-fixed={fix !== undefined || undefined}
            onChange={(event) => onFix(event.currentTarget.value)}
          />
        )}
      </td>
      <td data-align="end">
        <Checkbox
          aria-label={t("rejected.retryOf", { line: row.line })}
          checked={fix !== undefined}
          onChange={(event) => onFix(event.currentTarget.checked ? value : null)}
        />
      </td>
    </>
  );
}
