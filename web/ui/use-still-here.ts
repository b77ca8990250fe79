import { type UseNavigateResult, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";

/**
 * Whether the person is still where they were when this was shown: neither is it gone nor is another page on its way. An
 * answer of the server may come late, and then leads nobody away from what they have gone to meanwhile.
 */
export function useStillHere(): () => boolean {
  const router = useRouter();
  const here = useRef(router.latestLocation.pathname);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  return useCallback(() => shown.current && router.latestLocation.pathname === here.current, [router]);
}

/** Goes on to another page once the server has answered, where the person has waited for it. */
export function useOnward(): UseNavigateResult<string> {
  const navigate = useNavigate();
  const stillHere = useStillHere();
  return useCallback(
    (options) => (stillHere() ? navigate(options) : Promise.resolve()),
    [navigate, stillHere],
  ) as UseNavigateResult<string>;
}
