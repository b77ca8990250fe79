import { Page } from "./ui/page.tsx";

/** Holds a route until its page exists. */
export function StandIn() {
  return <Page tinted>{null}</Page>;
}
