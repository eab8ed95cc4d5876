DELETE FROM changes WHERE table_name = 'account_numbers';
ALTER TABLE changes DROP CONSTRAINT changes_table_name_check;
ALTER TABLE changes ADD CONSTRAINT changes_table_name_check CHECK (table_name IN (
    'book', 'accounts', 'category_groups', 'categories', 'payees', 'tags', 'transactions',
    'import_sources', 'import_batches', 'statement_lines'));
DROP TABLE account_numbers;
