import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { languages } from "./languages.ts";

const nothing = z.object({});
const article = z.string().regex(/^[a-z][a-z-]{0,79}$/);

/** "Was this helpful?" A later answer of the same person to the same article replaces the earlier one. */
export const answerHelp = endpoint({
  method: "POST",
  path: "/api/help/answers",
  input: z.object({
    article,
    /** In which language it was read. */
    language: z.enum(languages),
    helpful: z.boolean(),
    comment: z.string().trim().max(2000).default(""),
  }),
  reply: nothing,
});

/** What the people of the account said about the help, the latest first. */
export const listHelpAnswers = endpoint({
  method: "GET",
  path: "/api/help/answers",
  input: nothing,
  reply: z.object({
    answers: z.array(
      z.object({
        article,
        language: z.enum(languages),
        helpful: z.boolean(),
        comment: z.string(),
        userName: z.string(),
        at: z.iso.datetime(),
      }),
    ),
  }),
});

/** Who manages the account's users: the people to ask when the help does not help. */
export const listHelpers = endpoint({
  method: "GET",
  path: "/api/help/people",
  input: nothing,
  reply: z.object({ people: z.array(z.object({ id: z.string(), name: z.string() })) }),
});
