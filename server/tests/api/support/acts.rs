//! Which acts each changing route leaves in the journal, and the proof: whatever a test sends that succeeds is compared with
//! the acts that were committed for that request. An act cannot be committed without its entry.

use std::sync::Mutex;

use super::audit_log::acts_logged;
use super::client::Answer;

/// Also succeeds without changing anything: a form that was sent twice, or what is as it was.
const OR_NOTHING: &str = "";

/// Changing routes and their acts.
pub const ACTS: [(&str, &[&str]); 72] = [
    ("/account", &["password-changed"]),
    ("/account/confirm", &["stepped-up"]),
    ("/account/confirm/passkey", &["passkey-asked"]),
    ("/account/export", &["account-exported"]),
    ("/account/invitations", &["clinic-invitation-accepted", "clinic-invitation-declined"]),
    ("/account/notices", &["notices-read"]),
    ("/account/second-factor/passkeys", &["second-factor-added"]),
    ("/account/second-factor/passkeys/challenge", &["passkey-asked"]),
    ("/account/second-factor/passkeys/remove", &["second-factor-removed"]),
    ("/account/second-factor/recovery-codes", &["recovery-codes-made"]),
    ("/account/second-factor/totp", &["second-factor-offered"]),
    ("/account/second-factor/totp/confirm", &["second-factor-added"]),
    ("/account/second-factor/totp/remove", &["second-factor-removed"]),
    ("/account/sessions/end-others", &["sessions-ended"]),
    ("/account/sessions/{id}/end", &["session-ended"]),
    ("/admin/jobs/{id}/retry", &["job-tried-again"]),
    ("/admin/mail/retry", &["job-tried-again"]),
    ("/admin/mail/test", &["test-mail-asked"]),
    ("/admin/requests/{id}/confirm", &["password-request-confirmed"]),
    ("/admin/requests/{id}/refuse", &["password-request-refused"]),
    ("/admin/users", &["account-made"]),
    ("/admin/users/second-factor", &["second-factor-of-administrators"]),
    ("/admin/users/sign-ups", &["account-made", "sign-up-declined"]),
    ("/admin/users/{id}/code", &["code-given"]),
    ("/admin/users/{id}/links/close", &["links-closed"]),
    ("/admin/users/{id}/rights", &["rights-changed"]),
    ("/clinic", &["clinic-settings-changed"]),
    ("/clinic/let-in", &["platform-let-in", "platform-let-out"]),
    ("/clinic/links", &["link-copies-kept", "link-copies-forgotten"]),
    ("/clinic/people", &["clinic-invitation-made"]),
    ("/clinic/people/second-factor", &["clinic-second-factor"]),
    ("/clinic/people/withdraw", &["clinic-invitation-withdrawn"]),
    ("/clinic/people/{id}", &["account-edited"]),
    ("/clinic/people/{id}/code", &["code-given"]),
    ("/clinic/people/{id}/links/close", &["links-closed"]),
    ("/clinic/people/{id}/remove", &["clinic-member-removed"]),
    (
        "/clinic/people/{id}/rights",
        &[
            "clinic-member-enabled",
            "clinic-member-disabled",
            "clinic-administrator-made",
            "clinic-administrator-unmade",
            "account-unlocked",
            "second-factors-taken-away",
        ],
    ),
    ("/clinic/people/{id}/transfer", &["patients-transferred"]),
    ("/clinic/switch", &["clinic-entered"]),
    ("/forgot-password", &["password-request"]),
    ("/forgot-password/choose", &["password-set"]),
    ("/invitation", &["account-made"]),
    // Of a visitor only a cookie changes.
    ("/language", &["language-chosen", OR_NOTHING]),
    ("/links/sheet", &["link-sheet-asked", "link-made", "link-shown", "link-replaced"]),
    ("/links/{id}", &["link-changed"]),
    ("/links/{id}/new", &["link-replaced"]),
    ("/links/{id}/passcode", &["link-passcode-set", "link-passcode-removed"]),
    ("/links/{id}/revoke", &["link-revoked"]),
    ("/links/{id}/show", &["link-shown"]),
    ("/login", &["sign-in", "second-step-asked"]),
    ("/login/second-step", &["sign-in"]),
    ("/login/second-step/passkey", &["passkey-asked"]),
    // Without a session there is nothing to end.
    ("/logout", &["sign-out", OR_NOTHING]),
    ("/p", &["link-opened", "link-code-accepted"]),
    ("/p/{id}/close", &["link-left"]),
    // Where a passcode is asked for, only a page is shown.
    ("/p/{id}/open", &["link-opened", "link-passcode-tried", OR_NOTHING]),
    ("/pacient", &["link-opened", "link-passcode-tried", OR_NOTHING]),
    ("/patients", &["patient-made"]),
    ("/patients/{id}", &["patient-renamed"]),
    ("/patients/{id}/erase", &["patient-erased"]),
    ("/patients/{id}/export", &["patient-exported"]),
    ("/patients/{id}/links", &["link-made"]),
    ("/patients/{id}/merge", &["patients-merged"]),
    ("/patients/{id}/unmerge", &["merge-taken-back"]),
    ("/recordings", &["recording-announced", "recording-stored", "incomplete-recording-stored", OR_NOTHING]),
    ("/recordings/{id}/dates", &["dates-decided", OR_NOTHING]),
    ("/recordings/{id}/delete", &["recording-deleted"]),
    ("/recordings/{id}/links", &["link-made"]),
    ("/recordings/{id}/patient", &["recording-given", OR_NOTHING]),
    ("/set-password", &["password-set"]),
    ("/setup", &["first-administrator-made"]),
    ("/signup", &["sign-up-asked"]),
];

/// The platforms of this process, whose acts can be read here.
static HERE: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A platform of this process while it is there: another program may have its port later.
pub struct Compared(String);

/// Compares what this platform answers, as long as it is there.
pub fn compare(url: &str) -> Compared {
    HERE.lock().unwrap().push(url.to_owned());
    Compared(url.to_owned())
}

impl Drop for Compared {
    fn drop(&mut self) {
        leave_alone(&self.0);
    }
}

/// Compares no longer: who listens to a platform in another way does not hear its acts here.
pub fn leave_alone(url: &str) {
    HERE.lock().unwrap().retain(|here| here != url);
}

/// Insists that a request that changed something left an act of its route.
#[track_caller]
pub fn check(url: &str, path: &str, answer: &Answer) {
    let has_changed =
        matches!(answer.status, 200..=303) && HERE.lock().unwrap().iter().any(|here| here == url);
    let Some((route, expected)) = ACTS.iter().find(|(route, _)| is_of(route, path)) else { return };
    if !has_changed {
        return;
    }
    let logged = acts_logged(&answer.header("x-request-id"));
    // Who is not known surely enough is sent there instead.
    let is_sent_away =
        ["/login", "/account/confirm"].iter().any(|page| answer.header("location").starts_with(page));
    let is_nothing = logged.is_empty() && (is_sent_away || expected.contains(&OR_NOTHING));
    let is_expected = logged.iter().any(|act| expected.contains(&act.as_str()));
    assert!(is_nothing || is_expected, "POST {route} left {logged:?} instead of one of {expected:?}");
}

fn is_of(route: &str, path: &str) -> bool {
    let (route, path) = (route.split('/'), path.split('?').next().unwrap_or_default().split('/'));
    let is_same = |(place, word): (&str, &str)| place == word || place.starts_with('{') && !word.is_empty();
    route.clone().count() == path.clone().count() && route.zip(path).all(is_same)
}
