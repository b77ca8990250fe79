import type { ComponentProps, ComponentType } from "react";
import { withPageTexts } from "../../i18n.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import type { EnrollDialog } from "./enroll-dialog.tsx";

/** Comes with its texts when it is opened, so that pages of contacts stay small. */
export const LazyEnrollDialog: ComponentType<ComponentProps<typeof EnrollDialog>> = lazyPart(
  async () => (await withPageTexts(import("./enroll-dialog.tsx"))).EnrollDialog,
);
