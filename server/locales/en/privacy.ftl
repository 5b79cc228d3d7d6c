# Erasing a patient
erase-open = Export or erase…
erase-open-hint = For a request of the patient: a copy of all the data, or their erasure for good.
erase-question = Erase patient { $code }?
erase-what = { $n ->
    [0] The patient's code and note, all links, and the patients merged into this one are erased for good. There is no night.
    [one] One night with its original file, numbers and pictures, all links of the patient, the note, and the patients merged into this one are erased for good.
   *[other] { $n } nights with their original files, numbers and pictures, all links of the patient, the note, and the patients merged into this one are erased for good.
}
erase-for-good = Nothing can be brought back: neither by you nor by whoever runs the platform. If the law asks you to keep medical records, export them first.
erase-certificate = At the end you get a certificate: what was erased, how much, when and at whose request. It does not say whose it was.
erase-type-code = Type the code { $code } to confirm
erase-confirm = Erase for good
erase-cancel = No, keep it
error-erase-code-differs = The code you typed is not this patient's. Nothing was erased.

# The certificate
erasure-title = Certificate of erasure
erasure-file-name = certificate-of-erasure
erasure-done = The data have been erased.
erasure-under-way = The data can no longer be seen; the files are being removed from the store right now. This page reloads by itself.
erasure-number = Number of the certificate
erasure-reason = Reason
erasure-reason-request = Request to be forgotten
erasure-by = Asked for by
erasure-by-platform = The platform, nobody in particular
erasure-asked-at = Asked for at
erasure-done-at = Done at
erasure-not-done = not yet
erasure-patients = Patients (merged ones too)
erasure-recordings = Nights
erasure-files = Original files
erasure-megabytes = { $n } MB
erasure-analyses = Analyses
erasure-links = Links, with their visits
erasure-mails = E-mails
erasure-digest = Digest (SHA-256 of the marks)
erasure-backups = { $n ->
    [0] The platform keeps no backups.
    [one] Backups made before may hold the data for at most one day after the erasure.
   *[other] Backups made before may hold the data for at most { $n } days after the erasure.
}
erasure-backups-until = { $n ->
    [0] The platform keeps no backups.
    [one] Backups made before may hold the data for at most one day, until { $end }.
   *[other] Backups made before may hold the data for at most { $n } days, until { $end }.
}
erasure-backups-unknown = Whoever runs the platform has not said how long backups are kept; until they expire, they may hold the data.
erasure-keep-number = Write the number of the certificate into the patient's record: the platform no longer knows whose it was.
erasure-marks-about = The marks below are keyed fingerprints of the erased identifiers. They tell nothing about the patient; by them the data can be known again should they come back from a backup. The digest above is the SHA-256 of these lines.
erasure-download = Download the certificate

# The page about data
privacy-title = Privacy
privacy-link = Privacy
privacy-clinic = The controller of the data is the clinic { $name }.
privacy-clinic-phone = The controller of the data is the clinic { $name }, telephone { $phone }.
privacy-clinic-unknown = The controller of the data is the clinic from which you have the link or the account.
privacy-operator = The platform is run by { $name }.
privacy-contact = For questions about data: { $contact }.
privacy-operator-unknown = Whoever runs the platform has not written a name here yet; ask the clinic.
privacy-retention-never = Nights are kept until the doctor or the clinic deletes them; they do not go by themselves.

# The export
patient-data-title = The patient's data
archive-title = Export of the data
archive-what = The ZIP archive holds the original files, the numbers and events of each night, the code, the note and the links of the patient (without their secrets).
archive-own-what = The ZIP archive holds the data of the account and all that is yours in the clinic { $clinic }: patients with their links (without secrets), original files, numbers and events.
archive-care = The archive holds health data: keep it and send it with care.
archive-download = Download the archive
archive-open = Export my data…
