"use client";
import type { ApplicationRef } from "#lib/model/application.ts";

export function ApplicationPage({ unit }: { unit: ApplicationRef }) {
  return <p>{unit.name}</p>;
}
