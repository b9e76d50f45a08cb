/** The provider's login page. Nothing of a request stands in it. @param problem what went wrong with the last try */
export function loginForm(problem?: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sandbox identity provider</title>
<style>
  body { font: 16px system-ui, sans-serif; max-width: 20rem; margin: 15vh auto; padding: 0 1rem }
  label { display: block; margin: 1rem 0 .25rem } input, button { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem }
  button { margin-top: 1.5rem } p { color: #b00020 }
</style>
</head>
<body>
<h1>Sandbox identity provider</h1>
${problem === undefined ? "" : `<p role="alert">${problem}</p>`}
<form method="post">
<label for="name">User name</label><input id="name" name="name" autocomplete="username" required autofocus>
<label for="password">Password</label><input id="password" name="password" type="password" required>
<button>Sign in</button>
</form>
</body>
</html>
`;
}
