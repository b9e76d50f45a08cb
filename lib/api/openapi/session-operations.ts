import { boolean, cluster, path, query, text, type Operations } from "./operation.ts";

/** Logging in and out. */
export const sessionOperations: Operations = {
  "/api/v1/login-options": { get: { summary: "Ways to log in", answer: "LoginOptions", open: true } },
  "/api/v1/session": {
    post: {
      summary: "Log in; sets the session's cookie",
      body: "LoginRequest",
      answer: "Session",
      status: 201,
      open: true,
    },
    get: { summary: "Who is logged in, and where", answer: "Session" },
    delete: {
      summary: "Log out",
      answer: { type: "", description: "Logged out" },
      status: 204,
      parameters: [query("everywhere", "End all sessions of this person, in other browsers, too.", boolean)],
    },
  },
  "/api/v1/session/argocd": {
    get: { summary: "How this session stands with Argo CD's API server", answer: "ArgocdState", parameters: [cluster] },
    post: {
      summary: "Give this session a token for Argo CD's API server",
      body: "ArgocdLoginRequest",
      answer: "ArgocdState",
      parameters: [cluster],
    },
    delete: { summary: "Forget that token", answer: "ArgocdState", parameters: [cluster] },
  },
  "/api/v1/clusters": {
    post: { summary: "Log in to one more cluster", body: "LoginRequest", answer: "Session", status: 201 },
  },
  "/api/v1/clusters/{name}": {
    delete: {
      summary: "Log out of one cluster; out of the last one ends the session",
      answer: { type: "", description: "Logged out of it" },
      status: 204,
      parameters: [path("name", "The cluster's name.")],
    },
  },
  "/api/v1/oidc/login": {
    get: {
      summary: "Log in at the identity provider: leads there, and back",
      answer: { type: "", description: "To the identity provider" },
      status: 303,
      parameters: [query("next", "The page to go to when it is done.")],
      open: true,
    },
  },
  "/api/v1/oidc/callback": {
    get: {
      summary: "Where the identity provider sends people back to; sets the session's cookie",
      answer: { type: "text/html", description: "Leads to the page that was asked for" },
      parameters: [
        query("code", "The authorization code."),
        query("state", "As it was sent."),
        query("error", "Why there is no code."),
      ],
      open: true,
    },
  },
  "/api/v1/launch": {
    get: {
      summary: "Shows that the browser belongs to who started a local server; sets a cookie",
      answer: { type: "", description: "To the login page" },
      status: 303,
      parameters: [query("token", "As the server has printed it.", text, true)],
      open: true,
    },
  },
};
