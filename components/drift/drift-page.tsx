"use client";
export function DriftPage() {
  return <p />;
}
