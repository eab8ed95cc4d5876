-- Income and spending by category and month over the whole history, from the kept totals.
SELECT c.kind, c.name, k.month, sum(k.value)
FROM category_totals k LEFT JOIN categories c ON c.id = k.bucket
WHERE k.bucket IN (0, -3) OR c.role IS NOT 'starting-balances' AND c.id IS NOT NULL
GROUP BY k.bucket, k.month;
