/**
 * A page that leads on. The session's cookie is `SameSite=Strict`, so the browser does not send it with a visit that began at the identity
 * provider, redirects included; from this page the next visit begins here.
 *
 * @param next a path of our own
 */
export function landingPage(next: string): Response {
  const target = next.replace(/[&"'<>]/g, (character) => `&#${character.codePointAt(0)};`);
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0;url=${target}">
<title>Driftglass</title>
</head>
<body><p>You are logged in. <a href="${target}">Go on</a></p></body>
</html>
`;
  return new Response(page, {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
      "Referrer-Policy": "no-referrer",
    },
  });
}
