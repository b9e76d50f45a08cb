import { chromium } from "@playwright/test";
const base = process.env.DRIFTGLASS_URL;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu"] });
for (const theme of ["light","dark"]) for (const w of [1440, 390]) {
  const c = await b.newContext({ baseURL: base, colorScheme: theme, viewport: { width: w, height: w===390?844:900 } });
  await c.request.post("/api/v1/session", { data: { context: process.env.CTX ?? "admin" }, headers: { origin: base } });
  const p = await c.newPage();
  p.on("console", m => m.type()==="error" && console.log(theme,w,m.text()));
  await p.goto("/sources"); await p.getByRole("grid",{name:"Sources"}).waitFor(); await p.waitForTimeout(1500);
  await p.screenshot({ path: `/tmp/r3-shot-${theme}-${w}.png` });
  await p.getByRole("grid").getByRole("row").nth(w===390?0:1).click({ position: { x: w===390?200:620, y: 10 } }); await p.waitForTimeout(800);
  await p.screenshot({ path: `/tmp/r3-shot-${theme}-${w}-open.png` });
  await c.close();
}
await b.close();
