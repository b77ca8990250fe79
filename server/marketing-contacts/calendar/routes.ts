import type { FastifyReply, FastifyRequest } from "fastify";
import * as contract from "#contract/calendar.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { type Route, rawRoute, route } from "#server/platform/route.ts";
import { makeFeed, revokeFeed, showFeed } from "../feed/manage-feed.ts";
import { readFeed } from "../feed/read-feed.ts";
import { showSavings } from "../savings/show-savings.ts";
import { listScheduled, previewCancel, startCancel } from "./cancel-scheduled.ts";
import { showCalendar } from "./show-calendar.ts";

/** Calendar programs send no cookie: the address is the secret. */
async function sendFeed(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { file } = request.params as { file: string };
  const feed = /^[\w-]{43}\.ics$/.test(file) ? await readFeed(context, file.slice(0, -4)) : null;
  if (feed === null) throw new AppError("not_found", "calendar:no_feed");
  reply.header("etag", feed.etag).header("cache-control", "private, no-cache");
  reply.header("referrer-policy", "no-referrer").header("x-robots-tag", "noindex");
  if (request.headers["if-none-match"] === feed.etag) return reply.code(304).send();
  return reply.type("text/calendar; charset=utf-8").send(feed.body);
}

export const routes: Route[] = [
  route(contract.showCalendar, "contacts.view", showCalendar),
  route(contract.previewCancel, "contacts.view", previewCancel),
  route(contract.startCancel, "marketing-contacts.edit", startCancel),
  route(contract.listScheduled, "contacts.view", listScheduled),
  route(contract.showFeed, "contacts.view", showFeed),
  route(contract.makeFeed, "contacts.view", makeFeed),
  route(contract.revokeFeed, "contacts.view", revokeFeed),
  route(contract.showSavings, "contacts.view", showSavings),
  rawRoute({ method: "GET", path: "/calendar/:file", access: "public", answer: sendFeed }),
];
