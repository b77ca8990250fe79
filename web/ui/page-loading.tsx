import { Page, PageBody, PageHeader } from "./page.tsx";
import { ErrorState, LoadingRows } from "./states.tsx";

interface PageLoadingProps {
  readonly title: string;
  /** What is said when it cannot be shown. */
  readonly failed: string;
  /** Why not; null while it loads. */
  readonly error: Error | null;
  readonly onRetry: () => void;
}

/** A page about one thing, before that thing is there. */
export function PageLoading({ title, failed, error, onRetry }: PageLoadingProps) {
  return (
    <Page>
      <PageHeader title={title} />
      <PageBody width={600}>
        {error === null ? <LoadingRows /> : <ErrorState error={error} title={failed} onRetry={onRetry} />}
      </PageBody>
    </Page>
  );
}
