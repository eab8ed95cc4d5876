-- How files of a source tell money out from money in, once one settled it: unsigned, as-written, unmarked-out,
-- signed-debits, plain-debits, or words:COLUMN with what a blank there means.
ALTER TABLE import_sources ADD COLUMN signs TEXT CHECK (signs <> '');

-- What banks call an account is the same in upper and lower case and with other blanks, and in nothing else: 1-23
-- and 12-3 are two accounts. Keys that are told apart by letters and digits are so by more than those, too.
UPDATE account_numbers SET number_key = lower(
    replace(replace(replace(replace(number, ' ', ''), char(9), ''), char(160), ''), char(8239), ''));
UPDATE changes SET row_before = json_set(row_before, '$.number_key', lower(
    replace(replace(replace(replace(row_before ->> '$.number', ' ', ''), char(9), ''), char(160), ''), char(8239), '')))
    WHERE table_name = 'account_numbers' AND row_before IS NOT NULL;
