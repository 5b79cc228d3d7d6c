field-email = E-mail address
field-password = Password
field-new-password = New password
field-current-password = Current password
field-name = Name
field-code = One-time code

login-title = Sign in
login-remember = Remember me on this computer (30 days)
login-lost-password = Forgot your password? An administrator can give you a link to choose another.
login-patients = Are you a patient? You need no account.

setup-title = First administrator
setup-text = The platform has no accounts yet. The code shown when the server started makes you its administrator.
setup-code-hint = The part after the # sign of the link shown at start.
setup-submit = Create the administrator account

set-password-title = Choose a password
set-password-code-hint = The part after the # sign of the link your administrator gave you.
set-password-submit = Save the password and sign in
password-hint = At least 8 characters. Best: a few unrelated words.

account-password-title = Change your password
account-password-submit = Change the password
account-password-text = After the change, all other open sessions of this account are ended.

users-state = State
users-actions = Actions
users-last-sign-in = Last sign-in
users-never = never
users-you = you
users-admin = administrator
users-enabled = active
users-disabled = disabled
users-invited = no password yet
users-give-code = Password link
users-disable = Disable
users-enable = Enable
users-make-admin = Make administrator
users-remove-admin = Remove administrator rights
users-new-title = New account
users-new-admin = Administrator
users-new-submit = Create the account
users-code-title = Link for { $email }
users-code-text = Hand this link over by a safe way. It is shown once, works once and expires in 72 hours.

error-wrong-credentials = The e-mail address or the password is not right.
error-wrong-current-password = The current password is not right.
error-password-too-short = The password needs at least { $shortest } characters.
error-password-too-long = The password may have at most { $longest } characters.
error-password-guessable = The password is easy to guess. Choose another, for example a few unrelated words.
error-code-invalid = The code is not valid: it was used already, has expired or is incomplete. Ask the administrator for another.
error-bad-email = The e-mail address is not valid.
error-bad-name = The name must have 1 to 100 characters.
error-email-taken = There is an account with this e-mail address already.
error-last-administrator = This is the last active administrator; make somebody else an administrator first.
