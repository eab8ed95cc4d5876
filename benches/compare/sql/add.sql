-- One spending, written as `add` writes it: the same rows in the same tables, durable.
PRAGMA foreign_keys = ON;
BEGIN IMMEDIATE;
SELECT id, name, name_key, kind, currency, is_on_budget, is_closed FROM accounts;
SELECT c.id, c.name, c.name_key, c.kind, g.name_key FROM categories c JOIN category_groups g ON g.id = c.group_id;
SELECT p.category_id FROM transactions t JOIN postings p ON p.transaction_id = t.id
WHERE t.payee_id = 1 ORDER BY t.date DESC, t.id DESC LIMIT 1;
INSERT INTO operations (token, at, actor, source, command, summary, schema_version, undoes_id, is_undone)
VALUES (lower(hex(randomblob(16))), '2026-01-15 09:00:00', 'sam', 'cli', 'groat add 3.20 coffee', 'spent 3.20', '0', NULL, 0);
INSERT INTO transactions (date, payee_id, note, created_at, operation_id)
VALUES ('2026-01-15', 1, NULL, '2026-01-15 09:00:00', (SELECT max(id) FROM operations));
INSERT INTO postings
    (transaction_id, position, account_id, category_id, date, amount, value, memo, status, is_transfer)
SELECT max(t.id), 0, 1, (SELECT max(id) FROM categories), '2026-01-15', -320, -320, NULL, 'cleared', 0 FROM transactions t;
INSERT INTO changes (operation_id, table_name, row_id, prior_operation_id, row_before)
VALUES ((SELECT max(id) FROM operations), 'transactions', (SELECT max(id) FROM transactions), NULL, NULL);
INSERT INTO category_totals (month, bucket, is_on_budget, value, postings)
VALUES (202601, (SELECT max(id) FROM categories), 1, -320, 1)
ON CONFLICT (month, bucket, is_on_budget)
DO UPDATE SET value = value + excluded.value, postings = postings + excluded.postings;
INSERT INTO account_totals (account_id, month, amount, cleared, postings) VALUES (1, 202601, -320, -320, 1)
ON CONFLICT (account_id, month) DO UPDATE
SET amount = amount + excluded.amount, cleared = cleared + excluded.cleared, postings = postings + excluded.postings;
COMMIT;
