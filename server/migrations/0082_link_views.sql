-- When a link was opened by somebody else than a doctor of the clinic, and on what kind of device. No address.
CREATE TABLE patient_views (
    id TEXT PRIMARY KEY NOT NULL,
    link_id TEXT NOT NULL REFERENCES patient_links (id) ON DELETE CASCADE,
    viewed_at BIGINT NOT NULL,
    device TEXT NOT NULL                 -- 'phone/Chrome'; empty where not known
);
CREATE INDEX patient_views_link ON patient_views (link_id, viewed_at);
-- Whose browser one is.
CREATE INDEX known_browsers_browser ON known_browsers (browser_hash);
