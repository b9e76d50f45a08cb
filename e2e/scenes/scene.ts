import type { Page } from "@playwright/test";
import type { SandboxLogin } from "../../sandbox/context.ts";

/** A page in a state that is worth looking at. */
export interface Scene {
  /** Name of its pictures. */
  readonly name: string;
  /** Who looks; nobody is logged in where it is absent. */
  readonly as?: SandboxLogin["name"];
  /** Whether the session has another cluster, too, where the person is the viewer. */
  readonly clusters?: true;
  readonly path: string;
  /** Where what it opens is nowhere to be found on the other widths. */
  readonly only?: "wide" | "narrow";
  /** A dashboard that is set up for another way to log in. */
  readonly server?: "oidc" | "proxy";
  /** What has to be so before the page is asked for. */
  readonly before?: (page: Page) => Promise<unknown>;
  /** What brings the page into the state, after it has loaded. */
  readonly act?: (page: Page) => Promise<void>;
}

/** One application of each engine, in a state that has something to tell. */
export const units = {
  kustomization: "flux-kustomization/flux-system/doc-router-production",
  failing: "flux-kustomization/flux-system/search-api",
  helmrelease: "flux-helmrelease/billing/invoice-renderer",
  argocd: "argocd/argocd/recommendations",
  helm: "helm/billing/ledger",
  kubectl: "kubectl/team-a/landing-page",
} as const;

/** Presses the first button of this name. */
export const button = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();

/** What a button opens above the page: its script may only come with the click. */
export const menu = (name: string | RegExp) => async (page: Page) => {
  await button(name)(page);
  await page.locator('[role="menu"], [role="dialog"], [role="listbox"]:not([hidden])').first().waitFor();
};

/** The dialog that a key opens. */
export const opening = (key: string) => async (page: Page) => {
  await page.keyboard.press(key);
  await page.getByRole("dialog").waitFor();
};

/** An entry of the menu behind "More actions". */
export const more = (name: RegExp) => async (page: Page) => {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name }).click();
};

/** What a page looks like while an answer is on its way: it never comes. */
export const waitingFor = (path: string) => (page: Page) => page.route(path, () => undefined);

/** What a page looks like when the server can't answer: the words are those of a real refusal. */
export const failing = (path: string) => (page: Page) =>
  page.route(path, (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      json: {
        type: "about:blank",
        title: "The cluster does not answer",
        status: 503,
        code: "unavailable",
        detail: "GET https://cluster.example.com: connect ECONNREFUSED",
        hint: "Driftglass tries again by itself.",
      },
    }),
  );
