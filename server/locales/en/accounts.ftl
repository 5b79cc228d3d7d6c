field-email = E-mail address
field-password = Password
field-new-password = New password
field-current-password = Current password
field-name = Name
field-code = One-time code

login-title = Sign in
login-remember = { $n ->
    [one] Keep me signed in on this computer (1 day)
   *[other] Keep me signed in on this computer ({ $n } days)
}
login-forgot = Forgot your password?
login-patients = Are you a patient? You need no account.

login-sign-up = No account? Ask for one.

sign-up-title = Asking for an account
sign-up-text = An administrator of the platform decides. Once they approve, you sign in with the address and password chosen here.
sign-up-submit = Send the request
sign-up-sent = The request was sent. Once an administrator approves it, you can sign in with the address and password you chose. If the address had an account already, that has not changed. A request without an answer expires after 30 days.
error-sign-up-off = Accounts cannot be asked for here. An administrator of the platform or of your clinic can invite you.
error-sign-up-full = Too many requests for accounts are waiting at present. Try again in a few days or speak to an administrator.

setup-title = First administrator
setup-text = The platform has no accounts yet. The code shown when the server started makes you its administrator.
setup-code-hint = The part after the # sign of the link shown at start.
setup-submit = Create the administrator account

set-password-title = Choose a password
set-password-code-hint = The part after the # sign of the link your administrator gave you.
set-password-submit = Save the password and sign in
password-hint = At least 12 characters. Best: a few unrelated words.

sessions-title = Where you are signed in
sessions-device = Device
sessions-began = Began
sessions-last-seen = Last used
sessions-known = Identity
sessions-known-by-password = by password, { $time }
sessions-known-by-second-factor = in two steps, { $time }
sessions-here = here, now
sessions-remembered = kept signed in
sessions-end = End
sessions-end-others = End all other sessions
sessions-text = An ended session opens nothing any more, from its next page on. If you do not recognise a device, end its session and change your password. Here you leave by “{ sign-out }”.
device-both = { $browser } on { $system }
device-system = unknown browser on { $system }
device-unknown = unknown device
confirm-title = Your password again
confirm-text = This step is about somebody else’s account, or about your account itself. Type your password, then press the button again; for 10 minutes you are not asked any more.
confirm-title-code = The second step once more
confirm-text-code = What you are about to do reaches other people, or your account itself. Type the code from the app, then press the button again; for 10 minutes you are not asked any more.
confirm-submit = Continue
confirm-back = Back
error-step-up-needed = This step needs your password again.
account-password-title = Change your password
account-password-submit = Change the password
second-step-title = Second step
second-step-text = The password is right. Now type the code from the app on your phone.
second-step-code = 6-digit code from the app
second-step-lost = Is your phone not at hand?
second-step-recovery-code = Recovery code
second-step-recovery-hint = One of the codes that you printed or wrote down, such as ABCD-EFGH-JKLM-NPQR. Each works once.
second-step-all-lost = If the recovery codes are gone too, an administrator of your clinic can remove the second step; for the last administrator there is the command “oxi admin reset” on the server.
second-step-over = The time for the second step is over. Type the password again.
error-wrong-second-step = The code is wrong or has been used. Wait for the next code and try again.
error-second-factor-needed = Administrators must use two-step sign-in here. Set it up; until then no other page opens.
second-factor-required = At present it is required.
second-factor-left-open = At present it is left open.
second-factor-ask = Require it
second-factor-ask-no-more = Leave it open
users-second-factor-text = It can be required of all administrators, of the platform and of clinics. Whoever lacks it is led to where it is set up, from the next page on, and reaches nothing else.
second-factor-title = Two-step sign-in
second-factor-is-on = on
second-factor-is-off = off
second-factor-on = After the password you are asked for something that only you have. Whoever learns your password cannot get in.
second-factor-off = At present the password alone opens your account. With a second step, whoever learns it cannot get in.
second-factor-lost = If you lose everything, an administrator of your clinic can remove the second step once they have recognised you; then you set it up anew.
totp-heading = App with codes
totp-text = An app on your phone (Google Authenticator, Microsoft Authenticator, FreeOTP and others) shows another code every half minute.
totp-since = Codes are asked for since
totp-set-up = Set up…
totp-anew = Set up on another phone…
totp-remove = Stop using codes
totp-scan = Open the app with codes and scan the picture.
totp-picture = QR code for the app with codes
totp-by-hand = Cannot scan? Type the key by hand
totp-on-this-device = Open in the app on this device
totp-type = Type the code that the app shows now. Only then do its codes begin to count.
totp-confirm = Confirm
recovery-heading = Recovery codes
recovery-remaining = { $n ->
    [0] You have no unused recovery code left.
    [one] You have one unused recovery code left.
   *[other] You have { $n } unused recovery codes left.
}
recovery-text = Each opens the account once, should you lose your phone.
recovery-anew = Make other codes
recovery-made = The second step is on. These are the recovery codes.
recovery-keep = Print the codes or write them down now: they are never shown again. Keep them away from the phone.
recovery-list = Your recovery codes
recovery-print = Each works once. Codes of before, if there were any, no longer work.
recovery-kept = I have kept them
notices-title = News about your account
notices-open = See your account
notices-read = I have read this
notice-request-confirmed = A new password was requested for your account, and an administrator confirmed the request. If it was not you, change your password (the request then has no effect) and tell the head of your clinic.
notice-set-by-request = The password of your account was replaced by a request that an administrator confirmed.
notice-reset-link-made = A one-time link for a new password of your account was made on the server. If you did not ask for it, change your password (the link then has no effect) and tell the head of your clinic.
notice-set-by-link = The password of your account was replaced with a one-time link.
notice-invited = A clinic invites you to work there. Answer on the page “{ invitations-title }”.
notice-second-factor-changed = The two-step sign-in of your account was changed on: { $device }. If this was not you, change the password and tell whoever runs the clinic.
notice-second-step-failed = Somebody typed the right password of your account in a new browser, but a wrong code at the second step. If this was not you, change the password.
notice-second-factor-removed = An administrator removed the second step of your sign-in. If you did not ask for it, tell whoever runs the clinic. You can set it up anew on the page “{ second-factor-title }”.
notice-new-device = Somebody signed in to your account from a new browser: { $device }. If it was not you, change your password; that ends all other sessions.

forgot-title = New password
forgot-text = Type the e-mail address of your account. An administrator of the platform confirms the request after you have spoken; then you choose the new password here, in this browser.
forgot-submit = Send the request
forgot-wait-text = If there is an active account with this address, the administrator now sees the request. Call them and tell them this number:
forgot-wait-then = Once the administrator has confirmed, come back to this page in the same browser. The request expires after 24 hours. The old password works until you choose the new one.
forgot-check = See whether it was confirmed
forgot-again-title = Another address
forgot-choose-text = The administrator has confirmed the request. Choose the new password; all other open sessions of this account then end.

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
users-lost-password = Whoever forgot the password asks for another on the sign-in page (“Forgot your password?”); the request appears here, and you confirm it. A password link can only be given for an account that has not been used yet.
users-sign-ups-title = Requests for an account
users-sign-ups-text = Approve only people you know, best after speaking to them: the address is not verified. Once approved, the person signs in with the password they chose.
users-sign-up-approve = Approve
users-sign-up-decline = Decline
users-requests-title = Requests for a new password
users-requests-text = Call the person at a telephone number you know already, and confirm only if they tell you the same number. They choose the password themselves, in the browser that asked.
users-request-confirm = Confirm
users-request-confirmed = confirmed
users-request-refuse = Refuse
users-close-links = Close the patients’ links
users-links-closed = All links given to patients from this account have been closed.
users-disable = Disable
users-enable = Enable
users-make-admin = Give administrator rights
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
error-password-common = The password is one that many people use. Choose another, for example a few unrelated words.
error-password-guessable = The password is easy to guess. Choose another, for example a few unrelated words.
error-code-invalid = The code is not valid: it was used already, has expired or is incomplete. Ask the administrator for another.
error-code-account-in-use = The account has been used already. Its owner asks for a new password on the sign-in page (“Forgot your password?”), and you confirm the request.
error-request-not-confirmed = The request is not confirmed, has expired or was used already.
error-request-confirmed-already = The request was confirmed already or has expired.
error-own-request = The request is for your own account: another administrator has to confirm it. If there is none, use the command “oxi admin reset” on the server.
error-request-from-own-browser = The request comes from a browser in which you have signed in. The owner of the account has to ask in a browser of their own.
error-bad-email = The e-mail address is not valid.
error-bad-name = The name must have 1 to 100 characters.
error-email-taken = There is an account with this e-mail address already.
error-last-administrator = This is the last active administrator; make somebody else an administrator first.

forgot-text-mail = Type the e-mail address of your account. A link for a new password is sent there.
forgot-mailed = If there is an active account with this address, a mail with a link is on its way. The link works once, for one hour.
forgot-no-mail = No mail?
forgot-no-mail-text = Look among unwanted mail first. If you cannot read the mails of this address, an administrator of the platform can vouch for you.
