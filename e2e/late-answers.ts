import type { Page, Route } from "playwright-core";

/** The first such request, which waits until it is told to go on; the page does without an answer as long. */
export function held(page: Page, url: string | RegExp, method = "GET"): Promise<Route> {
  let isHeld = false;
  return new Promise((hold) => {
    void page.route(url, (route) => {
      if (isHeld || route.request().method() !== method) return route.fallback();
      isHeld = true;
      hold(route);
      return undefined;
    });
  });
}

/** Lets time pass in a page that was opened with `page.clock`, and looks at it again: what was fetched is old by then. */
export async function comeBackAfter(page: Page, time: string): Promise<void> {
  await page.clock.fastForward(time);
  await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
}
