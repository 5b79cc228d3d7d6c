# Links, on the doctor's pages
links-title = Patient and links
links-none = The recording does not belong to a patient yet. A new link makes a patient without a name for it.
links-patient = Patient: { $label }
links-patient-choice = { $label } (of { $date })
links-table = Links
links-empty = The patient has no link yet.
links-link = Link
links-number = Link { $n }
links-unnumbered = Link
links-actions = Actions
links-show = Show
links-created = Created
links-expires = Expires
links-never = does not expire
links-views = Views
links-last-view = Last viewed
links-not-viewed = not viewed
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
link-made-before-title = The link has been made already

# The sheet of a link
link-sheet-title = The link of patient { $patient }
link-created-done = The link is ready.
link-replaced-done = The new link is ready; the old one opens nothing any more.
link-created-once = Copy or print the link now: the clinic keeps no copies, so it cannot be shown a second time. If you lose it, make a new link, which closes this one.
link-created-label = Link to send to the patient
link-created-private = Whoever has the link sees what it shows, without an account.
link-created-back = Back
link-works-until = valid until
link-asks-passcode = The link also asks for the passcode that you chose; tell the patient separately.
link-code-label = Code to type:
link-code-hint = For whoever has no camera: the code is typed at { $address }. It works until
link-copy = Copy the link
link-copied = The link has been copied.
link-print = Print the slip
link-settings = What the link shows
link-slip = Slip to print
link-slip-phone = phone { $phone }
link-slip-title = Your result
link-slip-night = The night that began on { $date }
link-slip-qr = QR code with the link
link-slip-camera = Point the phone's camera at the square and touch the link that appears.
link-slip-typed = Without a camera: type the code below at
link-slip-fine = You need no account. Whoever has this slip can see the results: keep it with you.
link-slip-until = Valid until
link-slip-code-until = The typed code works until

# The page of a link
link-saved = The changes have been saved; they hold from the next view on.
link-passcode-saved = The passcode has been saved. Whoever had the link open must type it.
link-passcode-removed = The link asks for no passcode any more.
link-last-shown = Last shown to copy or print
link-not-shown = never
link-no-copy = There is no copy of this link, so it cannot be shown again. Make a new link, which closes this one.
link-show = Show, copy, print
link-replace = New link in its place
link-replace-hint = The new link shows the same; this one opens nothing any more, not even where it is open already. Each showing of the link is noted in the journal.
link-terms = What the link shows
link-nights = Nights
link-scope-all = all nights of the patient, later ones too
link-scope-chosen = the ticked nights alone:
link-gives = Along with the nights
link-gives-file = the original file, with the interactive chart
link-gives-text = the doctor's text for the patient
link-lifetime-same = as it is now
link-lifetime-from-now = from today: { $lifetime }
link-terms-hint = The change holds from the next view on, for whoever has the link open too.
link-passcode = Passcode
link-passcode-none = no passcode
link-passcode-set = asks for a passcode
link-passcode-locked = locked after 5 wrong passcodes; choose another
link-passcode-new = New passcode
link-passcode-hint = 4 to 64 characters. Tell the patient separately from the link. After 5 wrong tries the link no longer opens until you choose another.
link-passcode-remove = Remove the passcode
link-views = Who opened it
link-views-count = { $n ->
    [0] It has not been opened yet.
    [one] One view.
   *[other] { $n } views.
}
link-views-hint = The time and the kind of device are noted, no address. Views from browsers in which a doctor of the clinic is or was signed in are not counted.
device-phone = phone
device-tablet = tablet
device-computer = computer
error-link-not-active = The link is closed or has expired.
error-link-no-copy = There is no copy of the link that can be read. Make a new link in its place.
error-link-no-night = Choose at least one night, or all nights of the patient.
error-passcode-unfit = A passcode has { $shortest } to 64 characters, in one line.

# What the clinic decides
clinic-section-links = Patients' links
clinic-links-text = A link can be shown again, to copy or print it, only if a copy of it is kept, sealed with the platform's key.
clinic-links-kept = sealed copies are kept; each showing is noted in the journal
clinic-links-none = no copies are kept: a link is shown once, after that a new link is made
clinic-links-hint = When copies are no longer kept, those that exist are deleted at once. The links go on working.

# The patient's pages
patient-entry-slip = I have a slip with a code to type
patient-code-title = The code on the slip
patient-code-lead = Type the code of 16 signs from the slip that your doctor gave you.
patient-slip-code = The code on the slip
patient-slip-code-hint = Capitals or small letters, with or without dashes. For example: ABCD-EFGH-2345-6789.
patient-code-refused = The code is not right or no longer valid. Check every sign; after 5 mistakes the code stops working and your doctor can give you another. The results are not lost.
patient-code-link = Do you have a link instead of a code?
patient-passcode-title = The passcode from your doctor
patient-passcode-lead = Your doctor has protected the results with a passcode. Type it here.
patient-passcode-label = Passcode
patient-passcode-wrong = { $n ->
    [one] The passcode is not right. You have one try left.
   *[other] The passcode is not right. You have { $n } tries left.
}
patient-passcode-locked = The passcode was wrong too many times. The results are not lost: your doctor can give you another passcode.
patient-questions-passcode = If you do not know the passcode, ask the doctor who gave you the link.

# Links of several patients
link-sheets-make = Links to send to those ticked
link-sheets-hint = The newest link of each is shown, with a slip to print, or one is made. Where there is no copy, the new link closes the old one.
link-sheets-tick = Tick { $patient }
link-sheets-title = Links to send
link-sheets-ready = { $n ->
    [one] One link is ready. Each patient sees the own nights only.
   *[other] { $n } links are ready. Each patient sees the own nights only.
}
link-sheets-copy-all = Copy all
link-sheets-print = { $n ->
    [one] Print one slip
   *[other] Print { $n } slips
}
links-patient-column = Patient
link-slip-code-column = Code to type
link-origin-new = new link
link-origin-known = existing link
link-origin-replaced = new link, the old one was closed
error-no-patient-ticked = Tick at least one patient.
