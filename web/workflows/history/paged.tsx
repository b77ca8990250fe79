import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";

interface PagedProps<Page> {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page>>;
  readonly children: (pages: readonly Page[]) => ReactNode;
}

/** What has been loaded so far, and a button for more. */
export function Paged<Page>({ query, children }: PagedProps<Page>) {
  const { t } = useTranslation("workflow-history");
  const failed = query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return failed || <LoadingRows />;
  return (
    <>
      {children(query.data.pages)}
      {failed}
      {query.hasNextPage && (
        <Button
          variant="default"
          size="sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </>
  );
}

/** Only what is asked for: an address keeps nothing that is empty. */
export function given<Value extends object>(
  values: Value,
): { [Key in keyof Value]?: NonNullable<Value[Key]> } {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(kept) as { [Key in keyof Value]?: NonNullable<Value[Key]> };
}
