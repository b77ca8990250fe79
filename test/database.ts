import { randomBytes } from "node:crypto";
import type pg from "pg";
import { connect, createPool, type Database } from "#server/platform/database.ts";
import { administer, testServer, withDatabase } from "./template.ts";

export interface FreshDatabase {
  /** As the program uses it: as the app role. */
  readonly db: Database;
  /** The owner's login, as DATABASE_URL would be. */
  readonly url: string;
  /** For what only an owner may do. */
  readonly ownerPool: pg.Pool;
  close(): Promise<void>;
}

/** A database per test file, copied from the migrated template. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { adminUrl, ownerUrl, template } = testServer();
  const name = `${template.replace("template", "test")}_${randomBytes(6).toString("hex")}`;
  await administer(
    adminUrl,
    `create database ${name} template ${template} owner ${new URL(ownerUrl).username}`,
  );
  const url = withDatabase(ownerUrl, name);
  const db = connect(createPool({ url }));
  const ownerPool = createPool({ url, asOwner: true, max: 3 });
  return {
    db,
    url,
    ownerPool,
    async close() {
      await Promise.all([db.destroy(), ownerPool.end()]);
      await administer(adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}
