-- A bank's file made of a book: its newest transactions with one posting.
SELECT t.date AS Date, y.name AS Payee,
    printf('%s%d.%02d', iif(p.amount < 0, '-', ''), abs(p.amount) / 100, abs(p.amount) % 100) AS Amount,
    coalesce(t.note, '') AS Reference
FROM transactions t JOIN payees y ON y.id = t.payee_id JOIN postings p ON p.transaction_id = t.id
WHERE NOT p.is_transfer AND (SELECT count(*) FROM postings q WHERE q.transaction_id = t.id) = 1
ORDER BY t.date, t.id;
