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

job-erasure = Removing the files of an erased patient
job-mail = Sending a mail
job-analysis = Analysis of a night
job-analyses-outdated = Looking for nights that must be analysed anew
job-lines-missing = Completing the list of nights
job-uploads-unfinished = Giving up unfinished uploads
job-deletions-unfinished = Finishing deletions
job-files-half-written = Removing half-written files
job-sessions-outlived = Ending expired sessions
job-visits-over = Ending expired visits of patients
job-journal-verified = Verifying the journal

error-job-died = The job never came to an end: its process died each time.
error-job-panicked = A fault of the program interrupted the job; the log says more.
error-mail-off = This platform has no mail service.
error-mail-away = The mail service does not answer.
error-mail-key-refused = The mail service refuses the key or the password of the platform, or its network address.
error-mail-refused = The mail service refuses this mail.
error-mail-no-credit = The account at the mail service has no mails left.
error-mail-too-many = The mail service takes no more mails at the moment.
error-mail-service-failing = The mail service has a fault of its own.
error-mail-unknown = Another version of the program asked for this mail.

nav-mail = E-mail
mail-page-hint = Mails wait here until the mail service has taken them. What fails is tried again, after longer and longer waits; after eight attempts, or when the key is refused, a mail waits until you ask for another attempt.
mail-none = This platform has no mail service: links of invitations and for new passwords are shown and handed over. How to set one up stands in docs/OPERATIONS.md under “Mail”.
mail-carrier = Sent through
mail-carrier-brevo = Brevo
mail-carrier-smtp = a mail server (SMTP)
mail-carrier-folder = a folder: nothing leaves this machine
mail-sender = Sender
mail-sent-lately = Sent in the last 30 days
mail-last-sent = Last sent
mail-test-submit = Send me a test message
mail-test-asked = A test message to your address is on its way. If it does not arrive, the reason appears here.
mail-waiting = Mails that wait
mail-none-waiting = No mail waits.
mail-mail = Mail
mail-to = To
mail-to-unknown = known when it is sent
mail-since = Since
mail-failed = failed
mail-on-its-way = on its way
mail-attempts = { $n ->
    [one] (one attempt)
   *[other] ({ $n } attempts)
}
mail-retry-all = Try all that failed now
mail-kind-password-changed = Password changed
mail-kind-new-device = Sign-in from a new browser
mail-kind-factor-changed = Second step changed
mail-kind-test = Test message
mail-kind-reset = Link for a new password
mail-kind-invitation = Invitation to a clinic
