-- What the limits of a clinic are held against. NULL: the row is made anew from the analysis that is kept.
ALTER TABLE desk_rows ADD COLUMN valid_s BIGINT;              -- valid signal, seconds
ALTER TABLE desk_rows ADD COLUMN valid_pct DOUBLE PRECISION;  -- valid readings, percent of all
