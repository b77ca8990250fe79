import { statfsSync } from "node:fs";
import { totalmem } from "node:os";

export type Settings = Readonly<Record<string, string | number>>;

const MB = 1024 * 1024;
/** Parallel queries need this much shared memory; containers often have 64 MB. */
const SHARED_MEMORY_NEEDED = 512 * MB;

/** How the built-in Postgres runs on a machine with this much memory, in bytes. */
export function serverSettings(memory: number = availableMemory()): Settings {
  const part = (share: number, least: number, most: number) =>
    `${Math.round(Math.min(most, Math.max(least, (memory * share) / MB)))}MB`;
  return {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: part(1 / 4, 64, 2048),
    effective_cache_size: part(1 / 2, 128, 64 * 1024),
    work_mem: part(1 / 256, 4, 64),
    maintenance_work_mem: part(1 / 16, 64, 1024),
    max_wal_size: "4GB",
    min_wal_size: "256MB",
    checkpoint_timeout: "10min",
    // Compression of the log and of long values stays as it is: this build has no lz4, and pglz costs more than it saves.
    // Sort of disk: solid state. Compiling queries costs more than these queries take.
    random_page_cost: 1.1,
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    // Failed statements and their details name people; the program reports its own failures.
    log_min_messages: "log",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
    ...(hasLittleSharedMemory() ? { dynamic_shared_memory_type: "mmap" } : {}),
  };
}

/** A container's limit where there is one. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

function hasLittleSharedMemory(): boolean {
  if (process.platform !== "linux") return false;
  try {
    const { bsize, blocks } = statfsSync("/dev/shm");
    return bsize * blocks < SHARED_MEMORY_NEEDED;
  } catch {
    return true;
  }
}
