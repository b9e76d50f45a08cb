import { clsx, type ClassValue } from "clsx";

/** Joins class names; falsy ones fall away. */
export function cx(...values: ClassValue[]): string {
  return clsx(values);
}
