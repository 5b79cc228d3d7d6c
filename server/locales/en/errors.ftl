error-not-found = The page does not exist, or you have no access to it.
error-sign-in-needed = You need to sign in.
error-form-expired = The form has expired or does not come from this platform. Reload the page and try again.
error-other-clinic = The page was opened for another clinic than the one you work in now. Nothing was saved in either. Choose the clinic, open the page again and send it once more.
error-cookie-missing = The browser did not send this platform's cookie. Allow cookies, reload the page and try again.
error-cookie-needs-https = The browser did not send this platform's cookie, which it keeps at the secure address alone. Allow cookies and open the platform at { $address }.
error-code-made-before = The form was sent before: the code was made then and shown once. Nothing was done a second time, and that code stays valid.
error-link-made-before = The link was made when you sent the form the first time. No second link was made. You find it among the patient's links; if it cannot be shown again, make another in its place.
error-bad-request = The request could not be understood.
error-method-not-allowed = This address does not take this kind of request.
error-too-large = What you sent is too large.
error-too-slow = The request took too long. Try again.
error-internal = The platform made an error. Your data was not changed; try again.
error-database-away = The database does not answer at the moment. Try again in a few seconds.
error-database-full = The database has no room at the moment. Nothing was changed; please tell whoever runs the platform.
error-storage-away = The file store does not answer at the moment. Try again in a few seconds.
error-busy = The platform is very busy right now. Nothing was changed; try again in a few seconds.
error-too-many-attempts = Too many attempts. Try again in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}.
