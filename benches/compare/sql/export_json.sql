-- Every transaction with its postings, as the objects of `groat export -O json`, in the same order. What groat sums up
-- of the postings (account, category, amount) is left out.
.mode list
.headers off
SELECT json_object('id', t.id, 'date', t.date, 'payee', y.name, 'note', t.note,
    'tags', (SELECT json_group_array(x.name) FROM transaction_tags z JOIN tags x ON x.id = z.tag_id
        WHERE z.transaction_id = t.id),
    'postings', (SELECT json_group_array(json_object('account', a.name, 'category', c.name,
        'category_slug', g.name_key || '/' || c.name_key, 'date', p.date,
        'amount', printf('%s%d.%02d', iif(p.amount < 0, '-', ''), abs(p.amount) / 100, abs(p.amount) % 100),
        'currency', a.currency,
        'value', printf('%s%d.%02d', iif(p.value < 0, '-', ''), abs(p.value) / 100, abs(p.value) % 100),
        'memo', p.memo, 'status', p.status))
        FROM postings p JOIN accounts a ON a.id = p.account_id LEFT JOIN categories c ON c.id = p.category_id
            LEFT JOIN category_groups g ON g.id = c.group_id WHERE p.transaction_id = t.id),
    'operation', t.operation_id, 'created_at', t.created_at, 'updated_at', o.at)
FROM transactions t JOIN operations o ON o.id = t.operation_id LEFT JOIN payees y ON y.id = t.payee_id
ORDER BY t.date, t.id;
