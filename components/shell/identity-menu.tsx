"use client";
import { LogOut, MonitorX, UserRound } from "lucide-react";
import type { Session } from "#lib/api/session-contract.ts";
import { useLogout } from "#components/live/session.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuNote, MenuSeparator } from "#components/ui/menu.tsx";

/** Who the person is in one cluster. */
type Login = Pick<Session["clusters"][number], "name" | "identity">;

/** The part of a user name that tells people apart: a service account's own name. */
function shortName(username: string): string {
  return /^system:serviceaccount:[^:]+:(.+)$/.exec(username)?.[1] ?? username;
}

/** Who is logged in, by what each cluster that is shown says, and the way out. */
export function IdentityMenu({ logins }: { logins: readonly Login[] }) {
  const logout = useLogout();
  const names = [...new Set(logins.map(({ identity }) => identity.username))];
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Logged in as ${names.join(", ")}`}
          className={buttonClass("ghost", "max-w-48 max-sm:px-1.5")}
        >
          <UserRound aria-hidden className="size-4 shrink-0" />
          <span className="truncate max-sm:sr-only" title={names.join(", ")}>
            {[...new Set(names.map(shortName))].join(", ")}
          </span>
        </button>
      }
    >
      {logins.map(({ name, identity: { username, groups } }) => (
        <MenuNote key={name}>
          {logins.length > 1 && <span className="block">In {name}</span>}
          <span className="block text-sm font-medium text-ink [overflow-wrap:anywhere]">{username}</span>
          {groups.length > 0 && <span className="mt-1 block [overflow-wrap:anywhere]">{groups.join(", ")}</span>}
        </MenuNote>
      ))}
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => logout()}>
        Log out
      </MenuItem>
      <MenuItem icon={<MonitorX aria-hidden />} onSelect={() => logout({ everywhere: true })}>
        Log out everywhere
      </MenuItem>
    </Menu>
  );
}
