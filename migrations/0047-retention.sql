-- What is over is swept after a while: a difference that goes asks whether a revision names it.
create index record_revisions_difference on record_revisions (difference_id) where difference_id is not null;
