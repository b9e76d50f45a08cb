/** The mark: two panes of glass, the second drifted off the first. */
export function Logo({ className = "size-5" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <rect
        x="3"
        y="3"
        width="18"
        height="18"
        rx="5"
        fill="var(--accent)"
        fillOpacity=".14"
        stroke="var(--accent)"
        strokeWidth="2.25"
      />
      <rect
        x="11"
        y="11"
        width="18"
        height="18"
        rx="5"
        fill="var(--accent)"
        fillOpacity=".3"
        stroke="var(--accent)"
        strokeWidth="2.25"
      />
      <path d="M16 12.2h3.8V16A3.8 3.8 0 0 1 16 19.8h-3.8V16a3.8 3.8 0 0 1 3.8-3.8Z" fill="var(--accent)" />
    </svg>
  );
}
