import { spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { dirname, join } from "node:path";
import { context } from "esbuild";
import { createServer } from "vite";
import { serverOptions } from "./build.js";

// One command to work on Headroom: the screens reload in the browser, the server restarts, after each change.
const root = dirname(import.meta.dirname);
const port = process.env["PORT"] ?? "4300";
const restartDelayMs = 100;

const screens = await createServer({
  configFile: join(root, "vite.config.ts"),
  server: {
    host: "127.0.0.1",
    // Not "/api": that would swallow the module /api.ts.
    proxy: { "/api/": { target: `http://127.0.0.1:${port}`, changeOrigin: false } },
  },
});
await screens.listen();
const address = screens.resolvedUrls?.local[0] ?? "";

let server;
let timer;
let ending = false;

const restart = async () => {
  await stopServer();
  if (ending) return;
  server = spawn(process.execPath, ["--enable-source-maps", serverOptions().outfile, "start"], {
    stdio: "inherit",
    // Ctrl+C reaches only this process, which then asks the server once.
    detached: true,
    env: { ...process.env, PORT: port, HEADROOM_URL: process.env["HEADROOM_URL"] ?? address },
  });
};

const restartSoon = () => {
  clearTimeout(timer);
  timer = setTimeout(() => void restart(), restartDelayMs);
};

async function stopServer() {
  if (server === undefined || server.exitCode !== null) return;
  server.kill("SIGTERM");
  await once(server, "exit");
}

const bundle = await context({
  ...serverOptions(),
  plugins: [
    {
      name: "restart",
      setup: (build) => build.onEnd(({ errors }) => (errors.length === 0 ? restartSoon() : undefined)),
    },
  ],
});
await bundle.watch();
for (const folder of ["server/locales", "migrations"])
  watch(join(root, folder), { recursive: true }, restartSoon);

const end = async () => {
  if (ending) return;
  ending = true;
  await stopServer();
  await Promise.all([bundle.dispose(), screens.close()]);
  process.exit(0);
};
process.on("SIGINT", () => void end());
process.on("SIGTERM", () => void end());
