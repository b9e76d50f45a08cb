import type { z } from "zod";
import type { automationObjectSchema, automationRefSchema } from "./automation-schema.ts";

/** What of Flux stands beside applications and their sources: what it does with images, whom it tells, and its operator. */
export const automationSections = ["images", "notifications", "operator"] as const;

/** A section of the page. */
export type AutomationSection = (typeof automationSections)[number];

/** The kinds of such objects, in the order of the page. */
export const automationKinds = [
  "ImageRepository",
  "ImagePolicy",
  "ImageUpdateAutomation",
  "Alert",
  "Provider",
  "Receiver",
  "FluxInstance",
  "ResourceSet",
  "ResourceSetInputProvider",
] as const;

/** A kind of such objects. */
export type AutomationKind = (typeof automationKinds)[number];

/** Names one such object. */
export type AutomationRef = z.infer<typeof automationRefSchema>;

/** One such object, with its state: a row of the page. */
export type AutomationObject = z.infer<typeof automationObjectSchema>;

/** Which section a kind stands in. */
export function automationSection(kind: AutomationKind): AutomationSection {
  if (kind.startsWith("Image")) return "images";
  return kind === "Alert" || kind === "Provider" || kind === "Receiver" ? "notifications" : "operator";
}

/** Identity of such an object as a map key and URL part: `kind/namespace/name`. */
export function automationKey({ kind, namespace, name }: AutomationRef): string {
  return `${kind}/${namespace}/${name}`;
}
