import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { useStillHere } from "./use-still-here.ts";

type Search = Record<string, unknown>;

/**
 * Changes what the address says of this page, beginning with what it says by now, which need not be on screen yet: of two
 * quick changes neither takes the other back. Once another page is on its way nothing leads back here.
 */
export function useSearchChange(): (change: (search: Search) => object, keepScroll?: boolean) => void {
  const router = useRouter();
  const stillHere = useStillHere();
  return useCallback(
    (change, keepScroll = false) => {
      if (!stillHere()) return;
      const { pathname, search } = router.latestLocation;
      const to = { to: pathname, search: change(search), replace: true, resetScroll: !keepScroll };
      void router.navigate(to as Parameters<typeof router.navigate>[0]);
    },
    [router, stillHere],
  );
}
