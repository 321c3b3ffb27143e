-- The copies that filings hold of a record: a change asks for the approval of the filing that brought one last.
create index filing_sections_record on filing_sections (record_id) where record_id is not null;
