import { useState } from "react";

/** The secret behind # in the address: browsers keep it to themselves, so no server or log has seen it. */
export function useLinkSecret(): string {
  const [secret] = useState(() => window.location.hash.slice(1));
  return secret;
}
