# The public page Patient
patient-entry-title = Patient
patient-entry-lead = Your doctor has given you a link to your results. Open it as you received it: you need neither an account nor a password.
patient-entry-how = If the link does not open by itself, paste the whole of it here, with the # sign and the letters after it.
patient-entry-label = The link from your doctor
patient-entry-button = Open
patient-entry-privacy = The page does not hold your name. Whoever has the link can see the results: do not pass it on. Your doctor can close it at any time.
patient-opening = Opening…
patient-closed-title = Your results
patient-closed-lead = Open the link as you received it from your doctor. If the page does not open by itself, paste the code here: the letters and digits after the # sign of the link.
patient-code-label = The code from the link
error-link-unavailable = This link is no longer valid or not complete. Check that you have copied all of it, or ask your doctor for a new link.
patient-recordings-title = Your results
patient-recordings-lead = Each recorded night has a page of its own, with a chart and numbers.
patient-recordings-empty = Your doctor has not put a recording here yet.
patient-back = Back to all nights
patient-until = The link works until
patient-until-closed = The link works until your doctor closes it.
patient-leave = Close the page on this computer
patient-leave-hint = For when others use this computer too. The link from your doctor stays valid.
patient-questions = The numbers are for a doctor; for questions and for their interpretation, turn to your doctor.

# Links, on the doctor's page
links-title = Patient and links
links-none = The recording does not belong to a patient yet. A new link makes a patient without a name for it.
links-patient = Patient: { $label }
links-patient-choice = { $label } (of { $date })
links-table = Links
links-created = Made
links-expires = Expires
links-never = does not expire
links-views = Openings
links-last-view = Last opened
links-not-viewed = not opened
links-state = State
links-active = active
links-expired = expired
links-revoked = closed
links-revoke = Close the link
links-new-title = New link
links-lifetime-label = Valid for
links-lifetime-days = { $days ->
    [one] one day
   *[other] { $days } days
}
links-lifetime-unlimited = until you close it
links-create = Create the link
links-assign-title = Existing patient
links-assign-label = Patient of the recording
links-assign-none = no patient
links-assign-hint = The patient's links show this recording too. A patient keeps code and links even without a recording.
links-assign = Move the recording
link-created-title = The patient's link
link-created-once = Copy the link now: for safety it cannot be shown a second time. If you lose it, make another one and close this one.
link-created-label = Link to send to the patient
link-created-private = Whoever has the link sees all recordings of this patient, without an account.
link-made-before-title = The link has been made already
link-created-back = Back to the recording

# Patients
patients-note = Note (optional)
patients-note-hint = At most 60 characters, such as the file number. Do not write a name, a personal number or other personal data.
recordings-of-colleague = a colleague’s
recording-of-colleague-title = Patient
recording-of-colleague = The recording is a colleague’s. You see it because the clinic has decided so; only the patient’s doctor can change it.
error-code-taken = A patient of the clinic has this code already.
