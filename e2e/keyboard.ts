import type { Page } from "@playwright/test";

/**
 * Presses Tab until something of this name has the focus, as a person does who has no mouse.
 *
 * @throws when the focus has been round without coming to it
 */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press("Tab");
    // Between the last and the first of the page nothing has the focus.
    const words = await page.evaluate(() => {
      const focused = document.activeElement;
      return focused === document.body ? "" : (focused?.getAttribute("aria-label") ?? focused?.textContent ?? "");
    });
    if (name.test(words.trim())) return;
  }
  throw new Error(`Tab never comes to ${name}`);
}
