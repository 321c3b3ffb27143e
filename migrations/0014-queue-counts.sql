-- The numbers beside the queues: what is under way is counted in the index alone, however many filings are done.
create index filings_counts on filings (isp_id, state, round, due_at)
  where state not in ('numbered', 'cancelled', 'closed');
