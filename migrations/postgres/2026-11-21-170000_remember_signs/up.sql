-- How files of a source tell money out from money in, once one settled it: unsigned, as-written, unmarked-out,
-- signed-debits, plain-debits, or words:COLUMN with what a blank there means.
ALTER TABLE import_sources ADD COLUMN signs TEXT COLLATE "C" CHECK (signs <> '');

-- What banks call an account is the same in upper and lower case and with other blanks, and in nothing else: 1-23
-- and 12-3 are two accounts. Keys that are told apart by letters and digits are so by more than those, too.
UPDATE account_numbers SET number_key = lower(translate(number, U&' \0009\00A0\202F', ''));
UPDATE changes SET row_before = jsonb_set(row_before::jsonb, '{number_key}', to_jsonb(
    lower(translate(row_before::jsonb ->> 'number', U&' \0009\00A0\202F', '') COLLATE "C")))::text
    WHERE table_name = 'account_numbers' AND row_before IS NOT NULL;
