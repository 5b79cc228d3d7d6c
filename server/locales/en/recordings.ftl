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
recordings-flags = Flagged
flag-t90 = T90 ≥ { $n } %
flag-short = { $n ->
    [one] under one valid hour
   *[other] under { $n } valid hours
}
flag-signal = under { $n } % valid signal
flag-below-range = readings below the device’s range
recordings-link = Patient link
recordings-no-device = no number
recordings-page = Page { $page } of { $pages }
recordings-newer = Newer
recordings-older = Older
recordings-pages-label = Pages of the list
recordings-incomplete = incomplete file
recordings-link-none = none
recordings-link-active = active
recordings-link-closed = closed
recordings-list-note = ODI3 and ODI4: aasm profile, per hour of valid signal. T90: time with SpO2 below 90 %, of the valid time.
no-reading = no reading
too-short-for-index = too short for an index: under 10 minutes of valid signal
too-short = under 10 min of valid signal
too-coarse-for-index = no index: readings more than 10 s apart
too-coarse = readings more than 10 s apart
chart-t90-with-below-range = { $tninety } ({ $value } with readings below range)

upload-title = Upload
upload-label = Oximeter files (CSV or binary)
upload-hint = You may choose several files at once: at most { $files }, at most { $megabytes } MB each. The original file is kept unchanged.
upload-button = Upload
upload-result-title = Result of the upload
upload-drop-hint = Drop files here or choose them
upload-drop-here = Drop the files here: they are uploaded among your recordings.
upload-sending = Sending { $name }: { $percent } %
upload-stored = { $name }: stored
upload-duplicate = { $name }: here already
upload-handed-over = You uploaded this file before. Its recording is kept in the clinic and has become a colleague’s, to whom patients were transferred; the clinic’s administrator knows whose. It was not stored a second time.
upload-duplicate-text = This file was here already; it was not stored a second time.
upload-date-assumed = The date of the night is assumed: day and month cannot be told apart in the file. The recording's page asks which it is.
upload-refused = { $name }: refused
upload-incomplete-note = What is there of the file can be read. If you decide to store that much, the recording's page will always say that its end is missing.
upload-incomplete-again = Choose the file { $name } again
upload-incomplete-store = Store what is there
upload-open = Open the recording
upload-network = The connection failed; nothing more was sent. Try again.
upload-session = The session has ended. Sign in again.
upload-clinic = You now work in another clinic than the one this page was opened for. The file was not stored; reload the page and choose the clinic.
upload-too-large = The file is larger than the { $megabytes } MB the platform accepts.
upload-finished = Finished: { $stored } stored, { $duplicates } here already, { $refused } refused.
upload-no-file = You have not chosen a file.
upload-too-many = Too many files at once: an upload takes at most { $files }. This one was not stored; upload it separately.
upload-storage = The file store does not answer. The file was not stored; try again in a few minutes.
upload-busy = The platform is very busy right now. The file was not stored; try again in a few seconds.
upload-too-long = The recording spans { $hours ->
    [one] one hour
   *[other] { $hours } hours
}; a file may have at most { $most ->
    [one] one hour
   *[other] { $most } hours
}. It was not stored: export each night by itself from the device's program and upload those files.
upload-unnamed = unnamed file

error-upload-interrupted = The upload broke off before the end of the file. The unfinished file was not stored.
error-upload-total = The upload is larger than { $megabytes } MB in total. Upload fewer files at once.

# Why a file could not be read
parse-error-empty-file = The file is empty.
parse-error-unknown-format = The file is not a known oximeter recording (CSV or Checkme/Viatom/Wellue binary).
parse-error-picture-file = The file is a picture, not a recording. Upload the file that the device or its app exports.
parse-error-pdf-file = The file is a PDF document, not a recording. Upload the file that the device or its app exports.
parse-error-document-file = The file is a text document (such as Word), not a recording. Upload the file that the device or its app exports.
parse-error-web-page-file = The file is a web page, not a recording, even if its name ends otherwise. Upload the file that the device or its app exports.
parse-error-spreadsheet-file = The file is a spreadsheet. Save the sheet with the readings as CSV and upload that.
parse-error-archive-file = The file is an archive (such as ZIP). Unpack it and upload the recording inside.
parse-error-no-samples = The file has a header and not one reading after it.
parse-error-truncated = The file ends inside its header: it is cut.
parse-error-no-oximetry = The file holds other signals or columns, but no SpO2.
parse-error-personal-data = A column of the file holds names, personal numbers or other data about people. Delete the columns with personal data and upload the file again.
parse-error-no-such-column = The chosen column or signal is not in the file.
parse-error-bad-setting = An interval between records is given that is too long; it is in seconds.
parse-error-bad-field = A field of the header has an impossible value.
parse-error-bad-row = A row cannot be read.
parse-error-bad-row-time = The date and time of a row cannot be read.
parse-error-bad-row-date = The date of a row is not in the calendar.
parse-error-bad-row-clock = The time of a row can be read but does not tell when the reading was taken.
parse-error-bad-row-calendar = The year of a row is before 1970 or after 2100, as of another calendar: 2568 is 2025 in the Buddhist one. Export the file with years of the Gregorian calendar.
parse-error-bad-row-weekday = The date of a row is on another day of the week than the one written beside it.
parse-error-bad-row-zone = The name of a time zone in a row is not known or has several meanings. Export the file without it, or with an offset such as +02:00.
parse-error-bad-row-source = The rows are of several people or devices. Divide the file, so that each has its own.
parse-error-bad-row-spo2 = SpO2 cannot be read in a row.
parse-error-bad-row-pulse = The pulse cannot be read in a row.
parse-error-bad-row-cells = A row has another number of cells than the header: which cell is what cannot be known. Where commas divide the cells, decimals are written with a point.
parse-error-bad-row-fraction = A cell may be a reading or what follows the decimal comma of the one before. Where commas divide the cells, decimals are written with a point.
parse-error-bad-row-columns = Among its rows the file has a second header with other columns. Divide it into two files.
parse-error-found = In the file: “{ $text }”
parse-error-expected = Accepted, for example: “{ $text }”.
parse-error-contradictory-dates = The dates fit neither day before month nor month before day.
parse-error-too-large = The recording is too long: its clock jumps by more than a month, or more than a year lies between its first and its last row.
parse-error-cut = The file is cut: { $bytes ->
    [one] one byte is
   *[other] { $bytes } bytes are
} missing at its end. Copy the file from the device again.
parse-error-cut-line = The file is cut: its last line is not whole. Copy the file from the device again.
parse-error-unknown = The file cannot be read.
parse-error-place-line = line { $line }
parse-error-place-line-column = line { $line }, column { $column }
parse-error-place-offset = byte { $offset }

# The date of a file in which day and month cannot be told apart
dates-title = Date of the night
dates-assumed = In the file the date is written in numbers alone, and day and month cannot be told apart. { $date } was assumed. On which date did the recording begin? The answer changes the date only, not the readings.
dates-decided-day-first = Date order: day/month, set by { $name }.
dates-decided-month-first = Date order: month/day, set by { $name }.
dates-change = Change to { $date }
dates-take-back = Withdraw the answer
error-dates-certain = The date in this file can be read in one way only: the file tells which is the day and which the month. Nothing was changed.
error-dates-certain-number = The date in this file can be read in one way only: one of the numbers is above 12, so it cannot be the month. Nothing was changed.
error-dates-certain-midnight = The date in this file can be read in one way only: the number that grows by one at midnight is the day. Nothing was changed.
error-dates-certain-name = The date in this file can be read in one way only: the name of the file tells when the recording began. Nothing was changed.
error-dates-certain-alike = The date in this file is the same with the day first and with the month first, or is in the calendar in one of these orders only. Nothing was changed.

# Recording page
recording-title = Recording of { $start }
recording-span = From { $start } to { $end }
recording-device = Device { $device }
recording-numbers = Numbers
recording-quality = Of { $records ->
    [one] one reading
   *[other] { $records } readings
}, { $analysed } were analysed. Excluded: { $missing } without SpO2 (of these, { $with_pulse } with a pulse), { $range } outside 50–100 %, { $slope } that changed faster than 4 % per second.
recording-cut = The file is incomplete: { $bytes ->
    [one] one byte is
   *[other] { $bytes } bytes are
} missing at its end. The numbers are those of the { $records ->
    [one] one whole reading
   *[other] { $records } whole readings
} in it, not of the whole night.
recording-cut-line = The file is incomplete: it ends inside a line, of which { $bytes ->
    [one] one byte was
   *[other] { $bytes } bytes were
} not used. The numbers are those of the { $records ->
    [one] one whole reading
   *[other] { $records } whole readings
} in it, not of the whole night.
recording-below-range = { $n ->
    [one] One reading lies
   *[other] { $n } readings lie
} below the range of the ring (about 61 %): SpO2 is missing there and the pulse goes on. The true lowest SpO2 is at most the one shown, and desaturations with such readings are deeper than shown.
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
desaturations-note = Profile aasm, by clock time. Only the counted ones enter the index.
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
recording-delete-confirm = Yes, delete for good
recording-delete-cancel = No, keep it
recording-deleted = The recording has been deleted.
error-changed-meanwhile = The recording has been changed meanwhile, from another window. Reload its page and try again.
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
notice-clock-unset = { $rows ->
    [one] One row was written before the device's clock was set.
   *[other] { $rows } rows were written before the device's clock was set.
}
notice-readings-skipped = { $rows ->
    [one] One reading between two whole seconds was not used.
   *[other] { $rows } readings between whole seconds were not used.
}
notice-countdown = { $rows ->
    [one] One reading at the end was made after the sensor came off; it is outside the statistics.
   *[other] { $rows } readings at the end were made after the sensor came off; they are outside the statistics.
}
notice-rows-spread = { $rows ->
    [one] One row shared its time with others and was spread over the time until the clock went on.
   *[other] { $rows } rows shared their times with others and were spread over the time until the clock went on.
}
notice-rows-without-time = { $rows ->
    [one] One row has no time and was placed after the row before it.
   *[other] { $rows } rows have no time and were placed after the rows before them.
}
notice-lines-skipped = { $rows ->
    [one] One line above the column names was passed over.
   *[other] { $rows } lines above the column names were passed over.
}
notice-unread-bytes = { $rows ->
    [one] The file goes on for one byte after the readings it declares; it was not read.
   *[other] The file goes on for { $rows } bytes after the readings it declares; they were not read.
}
notice-signals-left-out = { $rows ->
    [one] One signal beside SpO2 cannot be read as it is described and was left out.
   *[other] { $rows } signals beside SpO2 cannot be read as they are described and were left out.
}
notice-date-order-month = Day and month cannot be told apart in this file; month before day was assumed because the clock says AM or PM. Check the date.
notice-start-universal = The start is universal time (UTC), not the clock on the wall: the file does not tell its zone.
notice-start-converted = The file tells the start in universal time (UTC); it was converted by the zone that was given.
notice-spo2-like-pulse = What the file calls SpO2 moves like a pulse. It was read as the file says; check the export.
notice-record-size-doubtful = The length of the file fits records of another device. Its numbers may be wrong; do not rely on them without checking.
notice-start-doubtful = Two fields of the file tell different days; the usual one was assumed. Check the date.
notice-interval-too-coarse = SpO2 comes less often than every 10 s: desaturations between readings are not seen, so there is no index.
notice-rounded-readings = { $rows ->
    [one] One reading of SpO2 has a fraction of a percent and was rounded.
   *[other] { $rows } readings of SpO2 have a fraction of a percent and were rounded.
} Rounding makes steps out of slow changes, so that more desaturations may be counted.
notice-clock-doubtful = The clock of the device often stood still or ran back; the times of such rows are assumed, and indices per hour uncertain.
notice-spo2-label = SpO2 was read from “{ $label }”.
notice-pulse-label = The pulse was read from “{ $label }”.
notice-start-from-name = The file does not hold its start; the one in its name was assumed.
notice-start-from-name-utc = The start is taken from the file's name and is universal time (UTC), not the clock on the wall.
notice-start-unknown = Neither the file nor its name tells when the night began: the date and time shown are assumed, not the true ones.
notice-not-finalised = The device did not finish the file; the readings are whole.
notice-checksum-mismatch = The checksum in the file is not that of its content: the file may be damaged.
notice-interval-assumed = The file does not say how often it samples; the device's usual interval was assumed.
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

# The numbers, each with its definition
numbers-desaturations = Desaturations
numbers-desaturations-note = Profile aasm: a fall of at least 3 % (or 4 %) from the highest level of the preceding 120 s, lasting at least 10 s, followed by resaturation within 180 s. There is no official standard for oximetry alone; the rule is the platform's own and is named here.
metric-aasm-odi3-per-h = ODI3 (per hour)
metric-aasm-odi3-per-h-definition = Counted desaturations of 3 % and more, per hour of valid SpO2 signal.
metric-aasm-odi3-per-h-of-recording = ODI3 (per hour of recording)
metric-aasm-odi3-per-h-of-recording-definition = The same desaturations, per hour of the whole recording, with valid signal or without; with long gaps it is less than ODI3.
metric-aasm-odi3-count = Desaturations of 3 % and more
metric-aasm-odi3-count-definition = Only those with resaturation; they make ODI3.
metric-aasm-odi3-sustained = Desaturations of 3 %, too long
metric-aasm-odi3-sustained-definition = No resaturation within 180 s; not in ODI3.
metric-aasm-odi3-truncated = Desaturations of 3 %, cut off
metric-aasm-odi3-truncated-definition = Cut by a gap of more than 10 s or by the end; not in ODI3.
metric-aasm-odi3-below-range-events-counted = Desaturations of 3 % below the range
metric-aasm-odi3-below-range-events-counted-definition = Counted in ODI3, with readings below the range of the ring: depth and area are lower bounds.
metric-aasm-odi4-below-range-events-counted = Desaturations of 4 % below the range
metric-aasm-odi4-below-range-events-counted-definition = Counted in ODI4, with readings below the range of the ring: depth and area are lower bounds.
metric-aasm-odi4-per-h = ODI4 (per hour)
metric-aasm-odi4-per-h-definition = Counted desaturations of 4 % and more, searched separately, per hour of valid SpO2 signal.
metric-aasm-odi4-per-h-of-recording = ODI4 (per hour of recording)
metric-aasm-odi4-per-h-of-recording-definition = The same desaturations, per hour of the whole recording, with valid signal or without; with long gaps it is less than ODI4.
metric-aasm-odi4-count = Desaturations of 4 % and more
metric-aasm-odi4-count-definition = Only those with resaturation; they make ODI4.
metric-aasm-odi4-sustained = Desaturations of 4 %, too long
metric-aasm-odi4-sustained-definition = No resaturation within 180 s; not in ODI4.
metric-aasm-odi4-truncated = Desaturations of 4 %, cut off
metric-aasm-odi4-truncated-definition = Cut by a gap of more than 10 s or by the end; not in ODI4.

numbers-saturation = Saturation
numbers-saturation-note = Of the accepted SpO2 readings: between 50 and 100 %, changing by at most 4 % per second. Percentages are of the valid time.
metric-spo2-below-90-pct = T90
metric-spo2-below-90-pct-definition = Time with SpO2 below 90 %, of the valid time.
metric-spo2-below-90-pct-with-below-range = T90 with readings below range
metric-spo2-below-90-pct-with-below-range-definition = The same with readings below the range of the ring counted as below 90 %, of all these.
metric-spo2-below-90-s = Time below 90 %
metric-spo2-below-90-s-definition = Readings below 90 % times the sampling interval.
metric-spo2-below-88-pct = T88
metric-spo2-below-88-pct-definition = Time with SpO2 below 88 %, of the valid time.
metric-spo2-below-88-pct-with-below-range = T88 with readings below range
metric-spo2-below-88-pct-with-below-range-definition = The same with readings below the range of the ring counted as below 88 %, of all these.
metric-spo2-below-88-s = Time below 88 %
metric-spo2-below-88-s-definition = Readings below 88 % times the sampling interval.
metric-spo2-longest-below-90-s = Longest stretch below 90 %
metric-spo2-longest-below-90-s-definition = Without a break; missing time of at most 10 s inside it is no break.
metric-spo2-min-pct = Lowest SpO2
metric-spo2-min-pct-definition = The lowest accepted reading; "<=" where readings lie below the range of the ring.
metric-spo2-mean-pct = Mean SpO2
metric-spo2-mean-pct-definition = Mean of the accepted readings.
metric-spo2-median-pct = Median SpO2
metric-spo2-median-pct-definition = Half of the accepted readings are below this value.
metric-spo2-max-pct = Highest SpO2
metric-spo2-max-pct-definition = The highest accepted reading.

numbers-burden = Burden of the desaturations
numbers-burden-note = Area of the counted desaturations of profile aasm, below the level from which each begins. It is not the hypoxic burden of polysomnography, which starts from apneas.
metric-burden3-hypoxic-burden-pctmin-h = Burden of 3 % desaturations (% · min/hour)
metric-burden3-hypoxic-burden-pctmin-h-definition = Area of the counted desaturations of 3 % and more, percent times minutes, per hour of valid signal.
metric-burden3-desaturation-severity-pct = Severity of 3 % desaturations (%)
metric-burden3-desaturation-severity-pct-definition = The same area divided by the valid time (Kulkas 2013).
metric-burden4-hypoxic-burden-pctmin-h = Burden of 4 % desaturations (% · min/hour)
metric-burden4-hypoxic-burden-pctmin-h-definition = Area of the counted desaturations of 4 % and more, percent times minutes, per hour of valid signal.
metric-burden4-desaturation-severity-pct = Severity of 4 % desaturations (%)
metric-burden4-desaturation-severity-pct-definition = The same area divided by the valid time (Kulkas 2013).
metric-spo2-area-below-90-pctmin-h = Area below 90 % (% · min/hour)
metric-spo2-area-below-90-pctmin-h-definition = Sum of the distances to 90 % of the readings below 90 %, per hour of valid signal.

numbers-pulse = Pulse
numbers-pulse-note = Of the pulse readings between 25 and 250 beats per minute.
metric-pulse-mean-bpm = Mean pulse (bpm)
metric-pulse-mean-bpm-definition = Mean of the accepted readings.
metric-pulse-min-bpm = Lowest pulse (bpm)
metric-pulse-min-bpm-definition = The lowest accepted reading.
metric-pulse-max-bpm = Highest pulse (bpm)
metric-pulse-max-bpm-definition = The highest accepted reading.

numbers-quality = Signal quality
numbers-quality-note = All readings of the file, divided without remainder: analysed, without SpO2, out of range, changing too fast.
metric-recording-recording-s = Length of the recording
metric-recording-recording-s-definition = From the first reading to the end of the last one.
metric-quality-valid-s = Valid signal
metric-quality-valid-s-definition = Analysed readings times the interval; the denominator of ODI and T90.
metric-quality-valid-pct = Valid signal, percent
metric-quality-valid-pct-definition = Of the length of the recording.
metric-quality-longest-gap-s = Longest gap
metric-quality-longest-gap-s-definition = Time without accepted SpO2, the start and the end included; 0 when no gap is longer than 10 s.
metric-recording-interval-s = Sampling interval (s)
metric-recording-interval-s-definition = The most frequent step between two readings.
metric-recording-records = Readings
metric-recording-records-definition = All of them, missing ones included.
metric-quality-analysed = Analysed
metric-quality-analysed-definition = Readings with an accepted SpO2.
metric-quality-missing-spo2 = Without SpO2
metric-quality-missing-spo2-definition = The device gave no value.
metric-quality-missing-spo2-with-pulse = Without SpO2, with a pulse
metric-quality-missing-spo2-with-pulse-definition = Of those above.
metric-quality-below-range-readings = Below the range of the ring
metric-quality-below-range-readings-definition = Of those above, at the bottom of a deep fall: a saturation below about 61 %, not a lost sensor. Only of rings of this maker.
metric-quality-spo2-out-of-range = Out of range
metric-quality-spo2-out-of-range-definition = SpO2 below 50 %.
metric-quality-spo2-slope = Changing too fast
metric-quality-spo2-slope-definition = SpO2 changed by more than 4 % per second.

numbers-vendor = As in the vendor's report
numbers-vendor-note = Profile viatom: the rules of the ViHealth / O2 Insight report, without a filter. It differs from the aasm profile by definition, not by error.
metric-viatom-drops4 = Drops over 4 %
metric-viatom-drops4-definition = Falls of more than 4 % below the night's reference level, of any length.
metric-viatom-drops4-per-h = Drops over 4 % per hour
metric-viatom-drops4-per-h-definition = Per hour of the duration the device counts.
metric-viatom-drops3 = Drops over 3 %
metric-viatom-drops3-definition = Falls of more than 3 % below the night's reference level, of any length.
metric-viatom-drops3-per-h = Drops over 3 % per hour
metric-viatom-drops3-per-h-definition = Per hour of the duration the device counts.
metric-viatom-baseline-pct = Reference level
metric-viatom-baseline-pct-definition = The most frequent of the values at or above the mean.
metric-viatom-dips-below-90 = Dips below 90 %
metric-viatom-dips-below-90-definition = A new dip counts after a return above 90 %.
metric-viatom-duration-s = Duration the device counts
metric-viatom-duration-s-definition = From the file's header, else (readings + 1) × interval; the denominator of this profile.
vendor-bands-spo2 = SpO2 level (%)
vendor-bands-pulse = Pulse (bpm)
vendor-bands-time = Time
vendor-bands-share = % of total
vendor-bands-note = The percentage is of the readings that exist; the time is that share of the duration the device counts, rounded down to the second.

# Halves and hours of the night
parts-title = Halves and hours of the night
parts-note = Profile aasm. A desaturation belongs to the hour and the half in which it begins; hours count from the first reading, halves divide the length in two. Indices are per hour of valid signal of that part.
parts-which = Part
parts-valid = Valid signal
parts-odi3-count = 3 % desaturations
parts-odi4-count = 4 % desaturations
part-first-half = First half
part-second-half = Second half

# The same night by other definitions
definitions-title = The same night by every definition
definitions-note = How much of an index is the way it is counted. Figures of different definitions cannot be compared.
definitions-profile = Definition
definitions-threshold = Fall
definitions-per-h = Per hour
definitions-count = Count
definitions-of = Divided by
profile-aasm = aasm (default)
profile-aasm-definition = A fall from the highest level of the preceding 120 s, at least 10 s long, with resaturation within 180 s.
profile-aasm-nested = aasm, of those of 3 %
profile-aasm-nested-definition = The 3 % desaturations of profile aasm that are at least 4 % deep.
profile-viatom = viatom (the maker's report)
profile-viatom-definition = Falls below a fixed level of the night, of any length, per hour of the duration the device counts; no filter.
profile-pobm = pobm (Levy 2021)
profile-pobm-definition = The published detector of pobm: an unbroken fall with return within 90 s, per hour of the whole recording; no filter but 50–100 %.
profile-mean120 = mean120 (Chung 2012)
profile-mean120-definition = Readings below the mean of the last 120 s by the threshold, for at least 10 s; the mean stays that of the beginning.
profile-mean120-analyzer = mean120, as in o2ring-analyzer
profile-mean120-analyzer-definition = As mean120, but across any gap and without events longer than 120 s.
profile-choice = Definition of the indices
profile-depth = Falls shown
profile-depth-from = at least { $value } %
profile-odi = ODI{ $value } (per hour)
profile-count = Events: { $count } · { $duration } { $denominator }
profile-too-coarse = no index: readings more than 10 s apart
profile-too-short = too short for an index: under 10 minutes of valid signal
profile-shading-note = Chart and table go on showing the falls of profile aasm.
denominator-valid-spo2 = of valid SpO2
denominator-recording = of recording
denominator-device = counted by the device
