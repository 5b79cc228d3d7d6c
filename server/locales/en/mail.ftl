# What mails say. Words of every mail, then mail by mail.
mail-greeting = Hello { $name },
mail-footer = Sent automatically by the pulse oximetry platform at { $address }. Answers to this address are not read.
mail-not-you = If it was not you, ask for a new password at once (“{ login-forgot }” on the sign-in page): that ends every open session. Then tell an administrator.

mail-password-changed-title = Your password was changed
mail-password-changed-text = The password of your account was changed on { $time }. All other open sessions of the account were ended.

mail-new-device-title = Sign-in from a new browser
mail-new-device-text = Somebody signed in to your account on { $time }, from a browser that had not been used for it before: { $device }.
mail-new-device-yours = If it was you, there is nothing to do.
mail-new-device-link = See where you are signed in

mail-factor-changed-title = The second step of your sign-in was changed
mail-factor-totp-added = On { $time }, codes from an app were set up as the second step of signing in to your account.
mail-factor-totp-removed = On { $time }, codes from an app were removed as the second step of signing in to your account.
mail-factor-passkey-added = On { $time }, a passkey was added to your account.
mail-factor-passkey-removed = On { $time }, a passkey was removed from your account.
mail-factor-codes-made = On { $time }, new recovery codes were made for your account. The earlier ones no longer work.
mail-factor-code-used = On { $time }, somebody signed in to your account with one of its recovery codes. That code no longer works.
mail-factor-reset = On { $time }, an administrator removed the second step of signing in to your account. Set it up again after you have signed in.

mail-test-title = Test message
mail-test-text = You asked for this message on { $time }. Mails of the platform reach you.

mail-invitation-title = Invitation to work in a clinic
mail-invitation-text = The clinic “{ $clinic }” invites you to work on its pulse oximetry platform as a doctor.
mail-invitation-text-admin = The clinic “{ $clinic }” invites you to work on its pulse oximetry platform as a doctor and administrator of the clinic.
mail-invitation-link = Accept and choose a password
mail-invitation-answer = Sign in and answer
mail-invitation-until = The invitation is good until { $time } and works once.
mail-invitation-stranger = If you do not know this clinic, leave the message unanswered: nothing happens without you.

mail-reset-title = New password
mail-reset-text = A new password was asked for your account on { $time } ({ $device }).
mail-reset-link = Choose a new password
mail-reset-once = The link works once, for one hour. When the new password is set, every open session of the account ends. Until then the old one works.
mail-reset-not-you = If it was not you, leave the message unanswered: without the link nothing changes. Nobody of the platform or of your clinic ever asks you for this link.
