import { Placeholder } from "#components/ui/notice.tsx";
import { SafeLink } from "#components/ui/safe-link.tsx";

export default function NotFound() {
  return (
    <main>
      <Placeholder
        glyph="Missing"
        title="There is no such page"
        action={<SafeLink href="/apps">All applications</SafeLink>}
      >
        The address may be mistyped, or the page has moved.
      </Placeholder>
    </main>
  );
}
