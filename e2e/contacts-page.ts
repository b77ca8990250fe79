import type { Locator, Page } from "playwright-core";

/** Filters the contacts index by a property that holds text. */
export async function pickFilter(page: Page, property: string, value: string): Promise<void> {
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "Filter" });
  await panel.getByLabel("Find a property").fill(property);
  await panel.getByRole("button", { name: property, exact: true }).click();
  await panel.getByLabel(`Value for ${property}`).fill(value);
  await panel.getByLabel(`Value for ${property}`).press("Enter");
  await panel.getByRole("button", { name: "Done" }).click();
  await gone(panel);
}

/** Waits until the index shows so many contacts: "64" or "64 of 8,261". */
export async function shows(page: Page, matching: number, all: number): Promise<void> {
  await page
    .getByRole("main")
    .getByText(`${number(matching)} of ${number(all)} contact`)
    .waitFor();
}

/** How many contacts the index says that it shows, once it knows. */
export async function shownNow(page: Page): Promise<number> {
  const text = await page
    .getByRole("main")
    .getByText(/^[\d,]+ of [\d,]+ contacts?$/)
    .innerText();
  return Number(text.split(" ")[0]?.replaceAll(",", ""));
}

/** Opens the dialog of a change to those who are ticked. */
export async function bulk(page: Page, act: string): Promise<Locator> {
  await page.getByRole("region", { name: "Selected contacts" }).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: act }).click();
  return page.getByRole("dialog");
}

/** A toast that says so; with `button` it can be pressed. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.getByRole("status").locator("> div").filter({ hasText: text });
}

/** Waits until it is not there any more. */
export async function gone(what: Locator): Promise<void> {
  await what.first().waitFor({ state: "hidden" });
}

export function number(value: number): string {
  return value.toLocaleString("en");
}
