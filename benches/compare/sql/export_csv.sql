-- Every posting with the columns of `groat export -O csv`, in the same order.
.mode csv
.headers on
SELECT t.id, CASE WHEN p.is_transfer THEN 'transfer' WHEN c.kind = 'income' OR c.kind IS NULL AND p.amount > 0
        THEN 'income' ELSE 'spending' END AS kind,
    p.date, y.name AS payee, t.note,
    (SELECT group_concat(x.name, ' ') FROM transaction_tags z JOIN tags x ON x.id = z.tag_id
        WHERE z.transaction_id = t.id) AS tags,
    a.name AS account, c.name AS category, g.name_key || '/' || c.name_key AS category_slug,
    printf('%s%d.%02d', iif(p.amount < 0, '-', ''), abs(p.amount) / 100, abs(p.amount) % 100) AS amount, a.currency,
    printf('%s%d.%02d', iif(p.value < 0, '-', ''), abs(p.value) / 100, abs(p.value) % 100) AS value, p.status, p.memo
FROM transactions t JOIN postings p ON p.transaction_id = t.id JOIN accounts a ON a.id = p.account_id
    LEFT JOIN payees y ON y.id = t.payee_id LEFT JOIN categories c ON c.id = p.category_id
    LEFT JOIN category_groups g ON g.id = c.group_id
ORDER BY t.date, t.id, p.position;
