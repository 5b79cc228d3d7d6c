-- Counts whose window is over are removed with every failed attempt.
CREATE INDEX throttle_window ON throttle (window_start);
