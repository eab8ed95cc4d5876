CREATE TABLE changes_anew (
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    table_name TEXT NOT NULL CHECK (table_name IN (
        'book', 'accounts', 'category_groups', 'categories', 'payees', 'tags', 'transactions',
        'import_sources', 'import_batches', 'statement_lines')),
    row_id INTEGER NOT NULL,
    prior_operation_id INTEGER REFERENCES operations (id),
    row_before TEXT CHECK (row_before IS NULL OR json_valid(row_before)),
    PRIMARY KEY (operation_id, table_name, row_id)
) STRICT, WITHOUT ROWID;
INSERT INTO changes_anew SELECT * FROM changes WHERE table_name <> 'account_numbers';
DROP TABLE changes;
ALTER TABLE changes_anew RENAME TO changes;
CREATE INDEX changes_by_prior_operation ON changes (prior_operation_id, table_name, row_id)
    WHERE prior_operation_id IS NOT NULL;
DROP TABLE account_numbers;
