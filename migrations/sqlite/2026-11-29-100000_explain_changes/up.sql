-- Why a row was changed, where the operation itself decided: which rule took a transaction when the rules were applied.
ALTER TABLE changes ADD COLUMN why TEXT CHECK (why <> '');
CREATE INDEX changes_by_row_explained ON changes (table_name, row_id) WHERE why IS NOT NULL;
