import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import type { Selection } from "../../../contract/filters.ts";
import { call, downloadUrl } from "../../api.ts";
import { useErrorText } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";

interface Wanted {
  readonly selection: Selection;
  readonly columns: readonly string[];
}

/** Downloads the contacts as a CSV file, with the columns on screen after those that name a person. */
export function useExport(): UseMutationResult<unknown, Error, Wanted> {
  const errorText = useErrorText();
  return useMutation({
    mutationFn: async ({ selection, columns }: Wanted) => {
      const names = ["hs_object_id", "firstname", "lastname", "email", ...columns];
      const { exportId } = await call("POST /api/exports", { selection, columns: [...new Set(names)] });
      window.location.assign(downloadUrl(`/api/exports/${exportId}/contacts.csv`));
    },
    onError: (error) => showToast({ title: errorText(error), tone: "bad" }),
  });
}
