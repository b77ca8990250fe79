import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { setTabAccount } from "../api.ts";
import { setLanguage } from "../i18n.ts";
import { meQuery } from "../session.ts";

/** Goes in after a session has begun: to the page that was asked for, or home. */
export function useEnter(): (back?: string) => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  return async (back = "/") => {
    setTabAccount(null);
    queryClient.clear();
    const { user } = await queryClient.fetchQuery(meQuery);
    if (user !== null) await setLanguage(user.language);
    // Only our own pages: a crafted link must not lead elsewhere.
    router.history.push(/^\/(?![/\\])/.test(back) ? back : "/");
  };
}
