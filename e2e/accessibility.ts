import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * What a person who can't use the page would name first, by axe's rules, with the elements concerned; the rest of axe's findings are advice.
 *
 * @param part selects the part to look at; the whole page without it
 */
export async function seriousFindings(page: Page, part?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

/** What of the page has to be scrolled sideways, with its widths. */
export async function tooWide(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("main, [role=dialog]")]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `${element.tagName} ${element.scrollWidth} > ${element.clientWidth}`),
  );
}
