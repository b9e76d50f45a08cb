/** What `?cluster=` says when all clusters of a session are meant; no cluster can be called so. */
export const everyCluster = "*";
