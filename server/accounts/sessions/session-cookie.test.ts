import { afterEach, expect, test } from "vitest";
import { createTestApp } from "#test/app.ts";
import { freshDatabase } from "#test/database.ts";
import { buildOwner, PASSWORD } from "#test/people.ts";
import { useSecureCookies } from "./session-cookie.ts";

afterEach(() => useSecureCookies(false));

test("over https the cookie is bound to the host, and one set in the clear is ignored", async () => {
  const fresh = await freshDatabase();
  const { app, ask } = await createTestApp(fresh.db);
  const { email, cookie: plain } = await buildOwner(fresh.db);
  useSecureCookies(true);

  const body = { email, password: PASSWORD };
  const { headers, cookie } = await ask({ method: "POST", url: "/api/sign-in", body });
  const me = (cookie: string | undefined) => ask({ method: "GET", url: "/api/me", cookie });

  expect(headers["set-cookie"]).toMatch(
    /^__Host-headroom=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect((await me(cookie)).body).toMatchObject({ user: { email } });
  expect((await me(plain)).body).toMatchObject({ user: null });
  await app.close();
  await fresh.close();
});
