nav-clinic = Clinic
clinic-switch-label = The clinic you work in
clinic-switch-none = no clinic
clinic-switch-guest = let in
clinic-switch-submit = Switch
clinic-guest-notice = You see the recordings of this clinic because it has let you in for a time. You can change nothing.

clinic-title = Clinic settings
clinic-saved = The settings have been saved.
clinic-section-clinic = Clinic
clinic-name = Name of the clinic
clinic-phone = Phone for patients
clinic-section-time = Language and time
clinic-locale = Language
clinic-time-zone = Time zone
clinic-time-zone-hint = The zone to which the devices’ clocks are set.
clinic-section-sharing = Colleagues
clinic-sharing-own = each doctor sees only the own patients
clinic-sharing-shared = the clinic’s doctors see all patients of the clinic
clinic-sharing-hint = Colleagues see; only the patient’s doctor can change, delete or make links.
clinic-section-flags = Limits
clinic-flags-hint = They change what the list flags, not the figures.
clinic-flag-t90 = T90 flagged from
clinic-flag-short = Short night below
clinic-flag-signal = Weak signal below
clinic-flag-pulse-low = Pulse: lower limit
clinic-flag-pulse-high = Pulse: upper limit
clinic-flag-odi4 = ODI4 line on trends
clinic-unit-pct = %
clinic-unit-hours = valid hours
clinic-unit-bpm = beats/min
clinic-unit-per-hour = /h
clinic-save = Save
clinic-section-let-in = Administrators of the platform
clinic-let-in-text = Administrators of the platform do not see the clinic’s recordings and patients. You can let them in for a time, for example to look for a fault. They then see everything and can change nothing.
clinic-let-in-hours = { $n ->
    [one] Let in for one hour
   *[other] Let in for { $n } hours
}
clinic-let-in-until = They are let in until
clinic-let-in-end = End it now

error-no-clinic = The account works in no clinic at present. The clinic’s administrator can add it; an administrator of the platform sees a clinic here only while the clinic lets them in.
error-bad-clinic-name = The name of the clinic has 1 to 100 characters on one line.
error-bad-phone = The phone number is not valid: digits, blanks and the signs + - . / ( ).
error-bad-limits = A limit is not valid. Limits are whole numbers: percentages from 1 to 100, hours from 1 to 12, the lower pulse from 20 to 100 and below the upper one, which is at most 250.

nav-people = Colleagues
people-link-title = Link of the invitation
people-admin = clinic administrator
people-own = your own account
people-unlock = Unlock
people-more = More
people-transfer-to = Patients and recordings go to
people-transfer = Transfer
people-remove = Take out of the clinic
people-remove-hint = Possible once patients and recordings have gone to a colleague. An account that works nowhere any more is deleted.
people-invite-title = New colleague
people-invite-hint = Somebody without an account gets a link from you to choose a password. Somebody who has one works in your clinic too from now on.
people-invite-admin = Clinic administrator
people-invite = Invite
error-member-already = The person works in the clinic already.
error-account-elsewhere = The account works in another clinic too, or administers the platform: an administrator of the platform changes name and address.
error-last-clinic-administrator = This is the last active administrator of the clinic; make somebody else one first.
error-transfer-to-nobody = Choose an active colleague of the clinic, other than the one who leaves.
error-has-patients = The person still has patients or recordings in the clinic. Transfer them to a colleague first.

nav-clinics = Clinics
usage-hint = How much each clinic uses the platform. Patients and nights are not seen from here; a clinic can let you in for a time.
usage-clinic = Clinic
usage-people = Doctors
usage-patients = Patients
usage-nights = Nights
