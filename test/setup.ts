import { startThrowAwayCluster } from "./cluster.ts";
import { announceTestServer, createTemplate, dropTemplate } from "./template.ts";

/** Once per run: a database server (`TEST_POSTGRES`, or one of our own) with a migrated template to copy. */
export default async function setup(): Promise<() => Promise<void>> {
  const given = process.env["TEST_POSTGRES"];
  const cluster =
    given === undefined ? await startThrowAwayCluster() : { url: given, stop: () => Promise.resolve() };
  try {
    const server = await createTemplate(cluster.url);
    announceTestServer(server);
    return async () => {
      await dropTemplate(server);
      await cluster.stop();
    };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}
