/** The views of one application. */
export const applicationTabs = ["overview", "resources", "drift", "history", "events", "logs", "manifest"] as const;

/** A view of one application. */
export type ApplicationTab = (typeof applicationTabs)[number];

/** Reads `?tab=`; anything unknown is the overview. */
export function tabOf(value: string | undefined): ApplicationTab {
  return applicationTabs.find((tab) => tab === value) ?? "overview";
}
