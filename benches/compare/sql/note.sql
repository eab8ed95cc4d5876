-- The newest transactions with a word in the payee's name or the note: notes are scanned.
WITH found AS (
    SELECT t.id, t.date, count(*) OVER () AS total FROM transactions t
    WHERE t.payee_id IN (SELECT id FROM payees WHERE name_key LIKE '%dinner%') OR t.note LIKE '%dinner%'
    ORDER BY t.date DESC, t.id DESC LIMIT 50)
SELECT f.total, f.id, f.date, y.name, a.name, c.name, p.amount, t.note FROM found f
JOIN transactions t ON t.id = f.id LEFT JOIN payees y ON y.id = t.payee_id
JOIN postings p ON p.transaction_id = f.id JOIN accounts a ON a.id = p.account_id
LEFT JOIN categories c ON c.id = p.category_id ORDER BY f.date DESC, f.id DESC;
