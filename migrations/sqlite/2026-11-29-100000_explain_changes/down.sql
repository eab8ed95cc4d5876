DROP INDEX changes_by_row_explained;
ALTER TABLE changes DROP COLUMN why;
