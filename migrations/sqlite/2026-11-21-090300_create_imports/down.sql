DROP TABLE batch_lines;
DROP TABLE statement_lines;
DROP TABLE import_batches;
DROP TABLE import_sources;
