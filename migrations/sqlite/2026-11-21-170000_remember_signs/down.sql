-- Keys stay as they are: earlier versions take them for letters and digits, and ask again where they are more.
ALTER TABLE import_sources DROP COLUMN signs;
