import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Permission } from "../contract/permissions.ts";
import { call, type Reply, setTabAccount } from "./api.ts";

export type Me = Reply<"GET /api/me">;

/** Who is signed in, in which account, with which permissions. The router waits for it before any page. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }) => {
    const me = await call("GET /api/me", {}, { signal });
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
