-- How the dates of a file are read where it does not tell day from month. NULL: as the reader finds it.
ALTER TABLE recordings ADD COLUMN date_order TEXT;    -- 'day-first' or 'month-first', as a doctor decided
ALTER TABLE recordings ADD COLUMN date_order_by TEXT; -- the doctor's account
