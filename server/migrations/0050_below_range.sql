-- T90 with the records below the ring's range, and whether readings are too far apart for an index. NULL: not said by the
-- program that made the row; the night is analysed anew by this one.
ALTER TABLE desk_rows ADD COLUMN below_90_pct_with_below_range DOUBLE PRECISION;
ALTER TABLE desk_rows ADD COLUMN is_too_coarse INTEGER;
