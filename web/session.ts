import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Permission } from "../contract/permissions.ts";
import { ApiError, call, type Reply, setTabAccount, tabAccount } from "./api.ts";
import { queryClient } from "./query-client.ts";

export type Me = Reply<"GET /api/me">;

/** Who is signed in, in which account, with which permissions. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }) => {
    const me = await call("GET /api/me", {}, { signal }).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 404 && tabAccount() !== null)) throw error;
      // The tab's account was deleted, or is closed to the person: any other of theirs will do.
      setTabAccount(null);
      return call("GET /api/me", {}, { signal });
    });
    setTabAccount(me.account?.id ?? null);
    return me;
  },
  staleTime: 5 * 60_000,
});

/**
 * Who is signed in, before a page is opened. Whoever was known a while ago is let in at once and looked at again
 * meanwhile: an address that only says what is filtered by waits for no answer, and takes no page away without one.
 */
export async function whoIsIn(): Promise<Me> {
  const state = queryClient.getQueryState(meQuery.queryKey);
  const known = state?.data;
  if (!known?.user) return queryClient.fetchQuery(meQuery);
  if (state?.isInvalidated) return queryClient.fetchQuery(meQuery).catch(() => known);
  void queryClient.prefetchQuery(meQuery);
  return known;
}

const nobody: Me = { setupNeeded: false, user: null, account: null, accounts: [], permissions: [] };

/** The signed-in person, with `can(permission)`. Use it inside pages behind sign-in, where it is always there. */
export function useMe(): Me & { can: (permission: Permission) => boolean } {
  const { data: me = nobody } = useQuery(meQuery);
  return { ...me, can: (permission) => me.permissions.includes(permission) };
}
