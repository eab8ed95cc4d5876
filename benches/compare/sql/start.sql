-- What every command needs to know of a book before it does anything.
SELECT b.marker, c.code, c.exponent, c.symbol, (SELECT max(version) FROM __diesel_schema_migrations)
FROM book b JOIN currencies c ON c.code = b.currency;
SELECT id FROM transactions ORDER BY date DESC, id DESC LIMIT 50;
