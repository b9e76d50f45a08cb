"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { themeCookie, themeOf, themes, type Theme } from "./theme.ts";

const icons: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };
const listeners = new Set<() => void>();

/** Steps through system, light and dark. The choice stands on <html> and in a cookie of a year. */
export function ThemeSwitch() {
  const theme = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => themeOf(document.documentElement.dataset["theme"]),
    () => "system" as const,
  );
  const Icon = icons[theme];
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <IconButton
      label={`Theme: ${theme}. Change to ${next}`}
      onClick={() => {
        document.documentElement.dataset["theme"] = next;
        document.cookie = `${themeCookie}=${next}; path=/; max-age=31536000; samesite=lax`;
        for (const listener of listeners) listener();
      }}
    >
      <Icon aria-hidden className="size-4" />
    </IconButton>
  );
}
