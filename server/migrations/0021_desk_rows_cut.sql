-- The end of the file is missing, and its doctor decided to store what is there. NULL: not said by the program that
-- made the row, which stored no such file.
ALTER TABLE desk_rows ADD COLUMN is_cut INTEGER;
