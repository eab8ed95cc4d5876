-- Every account's balance at the end of every month, from the kept totals.
SELECT a.name, k.month, sum(k.amount) OVER (PARTITION BY k.account_id ORDER BY k.month)
FROM account_totals k JOIN accounts a ON a.id = k.account_id;
