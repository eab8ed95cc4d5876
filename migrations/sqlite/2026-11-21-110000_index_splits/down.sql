DROP INDEX postings_of_splits;
