platform-title = Platformă Pulsoximetrie
skip-to-content = Skip to content
nav-label = Main navigation
nav-admin = Admin
nav-patient = Patient
nav-viewer = Viewer
nav-recordings = Recordings
nav-users = Users
nav-account = My account
sign-in = Sign in
sign-out = Sign out
footer-notice = The results are meant to be interpreted by a physician.

home-title = Welcome!
home-lead = Overnight oximetry, measured, drawn and kept safe.
home-admin-text = Doctors upload recordings, see the numbers and the chart of the night and create links for patients.
home-admin-open = Open the recordings
home-admin-sign-in = Sign in for doctors
home-patient-text = Patients open the link their doctor gave them. No account is needed.
home-patient-open = I have a link
home-viewer-text = Analyse a file right in the browser. The file does not leave your computer.
home-viewer-open = Open a file

failure-title = The request could not be fulfilled
failure-reference = If you write to us, please mention reference { $id }.
failure-home = Back to the first page

minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
