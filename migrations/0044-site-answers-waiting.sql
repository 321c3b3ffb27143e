-- Since when answers about unfiled sites wait for a bureau, asked for on each look at how it stands.

create index reported_site_answers_waiting on reported_site_answers (site_id) where state = 'waiting';
