-- "Was this helpful?": each person's latest answer to an article, for the account's admins to read.
create table help_answer (
  account_id bigint not null,
  user_id bigint not null,
  article text not null,
  -- The language it was read in: texts are written by hand in each.
  language text not null check (language in ('en', 'sv', 'pl')),
  helpful boolean not null,
  comment text not null default '',
  answered_at timestamptz not null,
  primary key (account_id, user_id, article)
);
