import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call, type Reply } from "../../api.ts";

export type Draft = Reply<"GET /api/cleanup/drafts/:draftId">;
export type Choice = Draft["choice"];
export type Group = Choice["groups"][number];
export type Review = Reply<"GET /api/cleanup/drafts/:draftId/review">;
export type Part = Review["parts"][number];

export const draftQuery = (draftId: string) =>
  queryOptions({
    queryKey: ["cleanup", "draft", draftId],
    queryFn: ({ signal }) => call("GET /api/cleanup/drafts/:draftId", { draftId }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Duplicates take longest: all others are asked for first, and are not held up by them. */
const quick =
  "bounced,unsubscribed,complained,quiet_90,quiet_180,quiet_365,never_engaged,no_email,role_addresses";

export const groupsQuery = (which: "quick" | "all") =>
  queryOptions({
    queryKey: ["cleanup", "groups", which],
    queryFn: ({ signal }) =>
      call("GET /api/cleanup/groups", { only: which === "quick" ? quick : "" }, { signal }),
  });

/** How many people a choice means, each once. */
export const countQuery = (choice: Choice) =>
  queryOptions({
    queryKey: ["cleanup", "count", choice],
    queryFn: ({ signal }) => call("POST /api/cleanup/count", { choice }, { signal }),
    placeholderData: keepPreviousData,
  });

export const reviewQuery = (draftId: string, choice: Choice) =>
  queryOptions({
    queryKey: ["cleanup", "review", draftId, choice],
    queryFn: ({ signal }) => call("GET /api/cleanup/drafts/:draftId/review", { draftId }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
