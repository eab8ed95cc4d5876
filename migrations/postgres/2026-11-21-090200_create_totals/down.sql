DROP TABLE category_totals;
DROP TABLE account_totals;
