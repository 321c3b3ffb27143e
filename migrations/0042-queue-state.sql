-- When the queue of a bureau was last worked off to its end: what still waits then waits for something else.
alter table isp_bureaus add column worked_off_at timestamptz;
-- Packages whose answer is awaited, for the look at what waits.
create index bureau_packages_unsent on bureau_packages (bureau_id) where state in ('prepared', 'sending');
