import { expect, test } from "vitest";
import { serverSettings } from "./memory-settings.ts";

const GB = 1024 ** 3;

test.for([
  { memory: GB / 2, shared: "128MB", work: "4MB", maintenance: "64MB", cache: "256MB" },
  { memory: 4 * GB, shared: "1024MB", work: "16MB", maintenance: "256MB", cache: "2048MB" },
  { memory: 64 * GB, shared: "2048MB", work: "64MB", maintenance: "1024MB", cache: "32768MB" },
])("memory of $memory bytes is shared out", ({ memory, shared, work, maintenance, cache }) => {
  expect(serverSettings(memory)).toMatchObject({
    shared_buffers: shared,
    work_mem: work,
    maintenance_work_mem: maintenance,
    effective_cache_size: cache,
  });
});

test("the server listens on this machine only", () => {
  expect(serverSettings()).toMatchObject({ listen_addresses: "127.0.0.1", unix_socket_directories: "" });
});
