import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Permission } from "../contract/permissions.ts";
import { ApiError, call, type Reply, setTabAccount, tabAccount } from "./api.ts";

export type Me = Reply<"GET /api/me">;

/** Who is signed in, in which account, with which permissions. The router waits for it before any page. */
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

const nobody: Me = { setupNeeded: false, user: null, account: null, accounts: [], permissions: [] };

/** The signed-in person, with `can(permission)`. Use it inside pages behind sign-in, where it is always there. */
export function useMe(): Me & { can: (permission: Permission) => boolean } {
  const { data: me = nobody } = useQuery(meQuery);
  return { ...me, can: (permission) => me.permissions.includes(permission) };
}
