-- The record that a filing became.
create index subjects_filing on subjects (filing_id);
