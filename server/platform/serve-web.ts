import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "./errors.ts";
import { answerRefusal } from "./http-failures.ts";

const YEAR_SECONDS = 31_536_000;

/**
 * Serves the built screens. Hashed assets never change; the page itself is asked for again each time.
 * Addresses that only the page knows get the page; unknown ones elsewhere get a JSON refusal.
 */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  const page = "index.html";
  const isBuilt = existsSync(join(folder, page));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      index: page,
      cacheControl: false,
      // The build left a small copy beside each asset.
      preCompressed: true,
      setHeaders: (response, path) => {
        response.header("cache-control", cachingOf(path));
      },
    });
  }
  // Sends without returning: each layer that returned the reply would listen for its end once more.
  app.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) refuse("http:not_found", request, reply);
    else if (!isBuilt) refuse("http:web_missing", request, reply);
    else reply.sendFile(page);
  });
}

function cachingOf(path: string): string {
  const isHashed = path.includes(`${sep}assets${sep}`);
  return isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : "no-cache";
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  if (/^\/(api|assets)(\/|$|\?)/.test(url)) return false;
  return (headers.accept ?? "").includes("text/html");
}

function refuse(reason: string, request: FastifyRequest, reply: FastifyReply): void {
  void answerRefusal(new AppError("not_found", reason), request, reply);
}
