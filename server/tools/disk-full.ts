const codes = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Whether the system refused to write because there is no room: the disk, this user's quota or this process's limit. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && codes.has(error.code);
}

/** What a person should know of it. @param undone what could not be done, such as "helm can't be run" */
export function diskFullMessage(undone: string): string {
  return `${undone}: there is no room left for temporary files on the Driftglass server. Whoever runs it has to make room where its TMPDIR is.`;
}
