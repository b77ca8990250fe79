-- What people combine with marketing status, in the order of ids like the statuses themselves: counting "customers in
-- Sweden who are marketing contacts" walks two indexes side by side instead of looking every contact up.
create index contact_stage on contact (account_id, lifecyclestage, id) where deleted_at is null;
create index contact_country on contact (account_id, country, id) where deleted_at is null;
create index contact_language on contact (account_id, hs_language, id) where deleted_at is null;
