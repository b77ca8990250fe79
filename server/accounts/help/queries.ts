import { sql } from "kysely";
import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";

export interface HelpAnswer {
  readonly article: string;
  readonly language: Language;
  readonly helpful: boolean;
  readonly comment: string;
}

export async function upsertAnswer(
  { db, clock, accountId }: Context,
  userId: string,
  answer: HelpAnswer,
): Promise<void> {
  await sql`insert into help_answer (account_id, user_id, article, language, helpful, comment, answered_at)
    values (${accountId}, ${userId}, ${answer.article}, ${answer.language}, ${answer.helpful}, ${answer.comment},
      ${clock.sql})
    on conflict (account_id, user_id, article) do update set language = excluded.language,
      helpful = excluded.helpful, comment = excluded.comment, answered_at = excluded.answered_at`.execute(db);
}

interface AnswerRow extends HelpAnswer {
  readonly userName: string;
  readonly at: string;
}

const SHOWN = 500;

export async function listAnswerRows({ db, accountId }: Context): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select answer.article, answer.language, answer.helpful, answer.comment, app_user.name as "userName",
      to_json(answer.answered_at at time zone 'utc') #>> '{}' || 'Z' as at
    from help_answer answer join app_user on app_user.id = answer.user_id
    where answer.account_id = ${accountId}
    order by answer.answered_at desc, answer.article limit ${SHOWN}`.execute(db);
  return rows;
}
