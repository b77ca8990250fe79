import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState, LoadingRows } from "./states.tsx";

interface PagedListProps<Page> {
  readonly query: Pick<
    UseInfiniteQueryResult<InfiniteData<Page>>,
    "data" | "error" | "refetch" | "hasNextPage" | "fetchNextPage" | "isFetchingNextPage"
  >;
  /** What the button says that fetches the next page. */
  readonly more: string;
  readonly className?: string | undefined;
  /** A page's rows: `li` with keys. */
  readonly children: (page: Page) => ReactNode;
}

/** A list that is fetched page by page, the next one when somebody asks for it. */
export function PagedList<Page>({ query, more, className, children }: PagedListProps<Page>) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const failed = error !== null && <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return failed || <LoadingRows />;
  return (
    <>
      <ul className={className}>{data.pages.flatMap(children)}</ul>
      {failed}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {more}
        </Button>
      )}
    </>
  );
}
