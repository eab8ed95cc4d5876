-- The newest transactions of payees with a word in their names, through the table of payees.
WITH found AS (
    SELECT t.id, t.date, count(*) OVER () AS total FROM transactions t
    WHERE t.payee_id IN (SELECT id FROM payees WHERE name_key LIKE '%rewe%')
    ORDER BY t.date DESC, t.id DESC LIMIT 50)
SELECT f.total, f.id, f.date, y.name, a.name, c.name, p.amount FROM found f
JOIN transactions t ON t.id = f.id LEFT JOIN payees y ON y.id = t.payee_id
JOIN postings p ON p.transaction_id = f.id JOIN accounts a ON a.id = p.account_id
LEFT JOIN categories c ON c.id = p.category_id ORDER BY f.date DESC, f.id DESC;
