-- A bank's file into the tables that `import` fills: the same rows, in one transaction. What groat does besides
-- (finding out the file's form, keys that survive spelling, comparing) is its own affair. With rules, what they make
-- of each row stands in the file already, for nothing. `scenarios` fills in what stands in braces.
PRAGMA foreign_keys = ON;
BEGIN IMMEDIATE;
CREATE TEMP TABLE raw (date TEXT, payee TEXT, amount TEXT, memo TEXT{more});
.mode csv
.import --skip 1 {file} raw
INSERT INTO operations (token, at, actor, source, command, summary, schema_version, undoes_id, is_undone)
VALUES ('bench', '2026-01-15 09:00:00', 'sam', 'import', 'groat import', 'imported', '0', NULL, 0);
CREATE TEMP TABLE now AS SELECT max(id) AS operation FROM operations;
INSERT INTO import_sources (account_id, source, ids_unreliable, date_order, decimal_mark, operation_id)
VALUES (1, 'csv:bench', 0, 'ymd', '.', (SELECT operation FROM now));
INSERT INTO import_batches (account_id, format, source, file_name, created_at, operation_id)
VALUES (1, 'csv', 'csv:bench', 'statement.csv', '2026-01-15 09:00:00', (SELECT operation FROM now));
INSERT INTO payees (name, name_key, created_at, operation_id)
SELECT payee, lower(replace(replace(payee, ' ', '-'), '_', '-')) AS key, '2026-01-15 09:00:00', operation
FROM raw, now WHERE payee <> '' GROUP BY key;
INSERT INTO transactions (id, date, payee_id, note, created_at, operation_id)
SELECT r.rowid, r.date, y.id, nullif(r.memo, ''), '2026-01-15 09:00:00', operation
FROM now, raw r LEFT JOIN payees y ON y.name_key = lower(replace(replace(r.payee, ' ', '-'), '_', '-')) ORDER BY r.rowid;
INSERT INTO postings
    (transaction_id, position, account_id, category_id, date, amount, value, memo, status, is_transfer)
SELECT rowid, 0, 1, {category}, date, CAST(replace(amount, '.', '') AS INTEGER), CAST(replace(amount, '.', '') AS INTEGER),
    NULL, 'cleared', 0
FROM raw;
INSERT INTO statement_lines (id, account_id, source, row_key, key_version, date, amount, payee, memo, raw,
    decision, reason, transaction_id, operation_id)
SELECT raw.rowid, 1, 'csv:bench', date || '|' || replace(amount, '.', '') || '|' || payee || '|' || memo, 1, date,
    CAST(replace(amount, '.', '') AS INTEGER), nullif(payee, ''), nullif(memo, ''),
    date || ',' || payee || ',' || amount || ',' || memo, 'new', {why}, raw.rowid, operation
FROM raw, now;
INSERT INTO batch_lines (batch_id, line, statement_line_id, decision, reason)
SELECT 1, rowid + 1, rowid, 'new', {why} FROM raw;
INSERT INTO changes (operation_id, table_name, row_id, prior_operation_id, row_before)
SELECT operation, 'transactions', raw.rowid, NULL, NULL FROM raw, now;
INSERT INTO changes (operation_id, table_name, row_id, prior_operation_id, row_before)
SELECT operation, 'statement_lines', raw.rowid, NULL, NULL FROM raw, now;
INSERT INTO changes (operation_id, table_name, row_id, prior_operation_id, row_before)
SELECT operation, 'payees', id, NULL, NULL FROM payees, now;
INSERT INTO changes (operation_id, table_name, row_id, prior_operation_id, row_before)
SELECT operation, 'import_sources', 1, NULL, NULL FROM now UNION ALL
SELECT operation, 'import_batches', 1, NULL, NULL FROM now;
INSERT INTO account_totals (account_id, month, amount, cleared, postings)
SELECT 1, CAST(substr(date, 1, 4) || substr(date, 6, 2) AS INTEGER), sum(amount), sum(amount), count(*)
FROM postings GROUP BY 2;
INSERT INTO category_totals (month, bucket, is_on_budget, value, postings)
SELECT CAST(substr(date, 1, 4) || substr(date, 6, 2) AS INTEGER), coalesce(category_id, iif(value < 0, 0, -3)), 1, sum(value), count(*)
FROM postings GROUP BY 1, 2;
COMMIT;
