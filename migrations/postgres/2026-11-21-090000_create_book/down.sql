DROP TABLE book;
DROP TABLE changes;
DROP TABLE operations;
DROP TABLE currencies;
