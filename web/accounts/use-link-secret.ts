import { useLocation } from "@tanstack/react-router";

/** The secret behind # in the address: browsers keep it to themselves, so no server or log has seen it. */
export function useLinkSecret(): string {
  return useLocation({ select: ({ hash }) => hash });
}
