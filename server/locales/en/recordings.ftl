# List and upload
recordings-title = Recordings
recordings-empty = There is no recording yet. Upload the first file above.
recordings-count = { $n ->
    [one] One recording
   *[other] { $n } recordings
}
recordings-start = Start
recordings-device = Device
recordings-duration = Duration
recordings-odi3 = ODI3 (/h)
recordings-odi4 = ODI4 (/h)
recordings-t90 = T90 (%)
recordings-min = Lowest SpO2 (%)
recordings-link = Patient link
recordings-no-device = no number
recordings-page = Page { $page } of { $pages }
recordings-newer = Newer
recordings-older = Older
recordings-pages-label = Pages of the list
recordings-link-none = none
recordings-link-active = active
recordings-link-closed = closed
recordings-list-note = ODI3 and ODI4: aasm profile, per hour of valid signal. T90: time with SpO2 below 90 %, of the valid time.
no-reading = no reading
too-short-for-index = signal too short

upload-title = Upload
upload-label = Oximeter files (CSV or binary)
upload-hint = You may choose several files at once: at most { $files }, at most { $megabytes } MB each. The original file is kept unchanged.
upload-button = Upload
upload-result-title = Result of the upload
upload-new = { $name }: the recording has been stored.
upload-known = { $name }: this file was here already; it was not stored a second time.
upload-drop-hint = Drop files here or choose them
upload-sending = Sending { $name }: { $percent } %
upload-stored = { $name }: stored
upload-refused = { $name }: refused
upload-open = Open the recording
upload-network = The connection failed; nothing more was sent. Try again.
upload-session = The session has ended. Sign in again.
upload-too-large = The file is larger than the { $megabytes } MB the platform accepts.
upload-finished = Finished: { $stored } stored, { $refused } refused.
upload-no-file = You have not chosen a file.
upload-too-many = Too many files at once: an upload takes at most { $files }. This one was not stored; upload it separately.
upload-storage = The file store does not answer. The file was not stored; try again in a few minutes.
upload-unnamed = unnamed file

error-upload-interrupted = The upload broke off before the end of the file. The unfinished file was not stored.
error-upload-total = The upload is larger than { $megabytes } MB in total. Upload fewer files at once.

# Why a file could not be read
parse-error-empty-file = The file is empty.
parse-error-unknown-format = The file is not a known oximeter recording (CSV or Checkme/Viatom/Wellue binary).
parse-error-no-samples = The file has a header and not one reading after it.
parse-error-truncated = The file ends inside its header: it is cut.
parse-error-bad-field = A field of the header has an impossible value.
parse-error-bad-row = A row cannot be read.
parse-error-contradictory-dates = The dates fit neither day before month nor month before day.
parse-error-too-large = The file is larger than a recording can be.
parse-error-cut = The file is cut: at its end { $bytes ->
    [one] one byte is
   *[other] { $bytes } bytes are
} not a whole reading. Copy the file from the device again.
parse-error-unknown = The file cannot be read.
parse-error-place-line = line { $line }
parse-error-place-line-column = line { $line }, column { $column }
parse-error-place-offset = byte { $offset }

# Recording page
recording-title = Recording of { $start }
recording-span = From { $start } to { $end }
recording-device = Device { $device }
recording-numbers = Numbers
recording-quality = Of { $records ->
    [one] one reading
   *[other] { $records } readings
}, { $analysed } were analysed. Excluded: { $missing } without SpO2 (of these, { $with_pulse } with a pulse), { $range } outside 50–100 %, { $slope } that changed faster than 4 % per second.
recording-below-range = { $n ->
    [one] One reading has a pulse and no SpO2
   *[other] { $n } readings have a pulse and no SpO2
}: on these devices that usually means a saturation below the range of the sensor. The true lowest SpO2 and T90 may be worse than shown.
recording-short = Less than four hours of valid signal: judge the numbers with care.
recording-definition-label = Definition
recording-picture = Picture of the night
recording-picture-alt = Chart of the night: SpO2 coloured by level, pulse and motion by clock time, from { $start } to { $end }. Lowest SpO2 { $min }, T90 { $t90 }, ODI3 { $odi3 }.
recording-downloads = Downloads
recording-download-original = Original file
recording-download-png = PNG picture
recording-download-png-large = Large PNG picture
recording-download-jpg = JPG picture
recording-file = File: { $name }
recording-sha256 = SHA-256: { $sha256 }
recording-size = { $n ->
    [one] one byte
   *[other] { $n } bytes
}
recording-back = Back to the list

desaturations-title = Desaturations
desaturations-summary = Table of desaturations ({ $n })
desaturations-none = No desaturation of 3 % or more in the aasm profile.
desaturations-note = Falls of at least 3 %, aasm profile, by clock time. Only the counted ones enter the index.
desaturation-at = Time
desaturation-duration = Duration
desaturation-peak = From (%)
desaturation-nadir = Down to (%)
desaturation-depth = Fall (%)
desaturation-outcome = Kind
desaturation-complete = counted
desaturation-sustained = too long, not counted
desaturation-gap = cut by a gap, not counted
desaturation-end = cut by the end, not counted

recording-delete = Delete the recording
recording-delete-title = Delete the recording?
recording-delete-what = The original file, the numbers and the pictures of the recording of { $start } are deleted for good. They cannot be recovered.
recording-delete-last = It is the only recording of its patient: the patient and the patient's links are deleted too.
recording-delete-confirm = Yes, delete for good
recording-delete-cancel = No, keep it
recording-deleted = The recording has been deleted.
error-delete-unfinished = The recording is no longer shown, but the file store does not answer. The deletion completes by itself when the store is back.

# Notices from reading the file
notice-rows-dropped = { $rows ->
    [one] One row without a reading was left out.
   *[other] { $rows } rows without a reading were left out.
}
notice-rows-retimed = { $rows ->
    [one] One row repeated the time or turned the clock back and was placed in order.
   *[other] { $rows } rows repeated the time or turned the clock back and were placed in order.
}
notice-duplicates-removed = { $rows ->
    [one] One reading doubled by the device was joined.
   *[other] { $rows } readings doubled by the device were joined.
}
notice-interval-assumed = The file does not say how often it samples; the device's usual interval was taken.
notice-date-order-unsure = Day and month cannot be told apart in this file; day before month was assumed. Check the date.

# Dates
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
date-long = { $weekday } { $day } { $month } { $year }
date-time-long = { $date }, { $time }
