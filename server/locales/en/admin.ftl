# What administrators see of the platform's own work.
nav-jobs = Background jobs
jobs-hint = What the platform does by itself, beside requests. What fails is tried again, after longer and longer waits; after eight attempts a job waits here until you ask for another one.
jobs-failing = Failed jobs
jobs-none-failing = No job has failed.
jobs-schedule = Regular jobs
jobs-job = Job
jobs-reason = Reason
jobs-attempts = Attempts
jobs-dead = failed for good
jobs-waiting = tried again
jobs-retry = Try now
jobs-done = Last done
jobs-due = Next

job-mail = Sending a mail
job-analysis = Analysis of a night
job-analyses-outdated = Looking for nights that must be analysed anew
job-lines-missing = Completing the list of nights
job-uploads-unfinished = Giving up unfinished uploads
job-deletions-unfinished = Finishing deletions
job-files-half-written = Removing half-written files
job-sessions-outlived = Ending expired sessions
job-visits-over = Ending expired visits of patients

error-job-died = The job never came to an end: its process died each time.
error-job-panicked = A fault of the program interrupted the job; the log says more.
error-mail-off = No carrier of mails is set on this platform.
error-mail-away = The mail service does not answer.
error-mail-key-refused = The mail service refuses the key or the password of the platform, or its network address.
error-mail-refused = The mail service refuses this mail.
error-mail-no-credit = The account at the mail service has no mails left.
error-mail-too-many = The mail service takes no more mails at the moment.
error-mail-service-failing = The mail service has a fault of its own.
error-mail-unknown = Another version of the program asked for this mail.
