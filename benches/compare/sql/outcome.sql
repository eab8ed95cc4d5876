-- What rules made of a bank's file, row by row, as the yardstick is given it.
SELECT l.date AS Date, l.payee AS Payee,
    printf('%s%d.%02d', iif(l.amount < 0, '-', ''), abs(l.amount) / 100, abs(l.amount) % 100) AS Amount,
    coalesce(l.memo, '') AS Reference, p.category_id AS Category, l.reason AS Why
FROM statement_lines l JOIN postings p ON p.transaction_id = l.transaction_id ORDER BY l.id;
