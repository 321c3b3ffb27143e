-- What the console counts on each page, and the code that the next answer about an unfiled site begins with.

create index terminations_waiting on terminations (isp_id, ends_at) where state in ('noticed', 'objected', 'upheld');
create index reported_site_answers_former on reported_site_answers (isp_id, action, id desc);
