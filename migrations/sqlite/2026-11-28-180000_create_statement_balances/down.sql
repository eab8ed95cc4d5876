DELETE FROM changes WHERE table_name = 'statement_balances';
DROP TABLE statement_balances;
