import { type ComponentProps, lazy, Suspense } from "react";
import { withPageTexts } from "../../i18n.ts";
import type { EnrollDialog } from "./enroll-dialog.tsx";

const Dialog = lazy(() =>
  withPageTexts(import("./enroll-dialog.tsx")).then(({ EnrollDialog }) => ({ default: EnrollDialog })),
);

/** Comes with its texts when it is opened, so that pages of contacts stay small. */
export function LazyEnrollDialog(props: ComponentProps<typeof EnrollDialog>) {
  return (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  );
}
