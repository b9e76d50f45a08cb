/** How the page may look; `system` follows the device. */
export const themes = ["system", "light", "dark"] as const;

/** How the page may look. */
export type Theme = (typeof themes)[number];

/** Name of the cookie that remembers it, so that the server draws the first frame right. */
export const themeCookie = "driftglass_theme";

/** Reads the cookie's value; anything unknown is `system`. */
export function themeOf(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}
