-- The sweep asks of every stored file whether a row still names it.
create index materials_original_file on materials (original_file) where original_file is not null;
create index materials_full_file on materials (full_file) where full_file is not null;
create index materials_bureau_file on materials (bureau_file) where bureau_file is not null;
create index materials_thumbnail_file on materials (thumbnail_file) where thumbnail_file is not null;
create index bureau_packages_file on bureau_packages (file);
create index bureau_answers_file on bureau_answers (file);
