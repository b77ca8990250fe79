import { generate, PostgresDialect } from "kysely-codegen";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "./database.ts";
import { describeSchema } from "./describe-schema.ts";

// `npm run schema` runs this file with --update, which writes what the checks below compare.
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

test("migrations/schema.sql is what the migrations make (else: npm run schema)", async () => {
  await expect(await describeSchema(fresh.ownerPool)).toMatchFileSnapshot("../migrations/schema.sql");
});

test("server/platform/tables.ts has the tables that the migrations make (else: npm run schema)", async () => {
  const tables = await generate({
    // The generator brings types of its own for the same Kysely.
    db: fresh.db as never,
    dialect: new PostgresDialect({ dateParser: "string", numericParser: "string" }),
    excludePattern: "graphile_worker.*",
    outFile: null,
  });
  await expect(tables).toMatchFileSnapshot("../server/platform/tables.ts");
});
