const name = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** A Kubernetes name as an argument. @throws Error when it is none, so that nothing can be mistaken for an option. */
export function nameArgument(value: string): string {
  if (!name.test(value)) throw new Error(`not a Kubernetes name: ${JSON.stringify(value)}`);
  return value;
}

/** A positive whole number as an argument. @throws Error when it is none. */
export function numberArgument(value: number): string {
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`not a positive number: ${value}`);
  return String(value);
}
