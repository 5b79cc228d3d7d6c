field-email = Adresă de e-mail
field-password = Parolă
field-new-password = Parolă nouă
field-current-password = Parola actuală
field-name = Nume
field-code = Cod de unică folosință

login-title = Autentificare
login-remember = { $n ->
    [one] Păstrează-mă autentificat pe acest calculator (o zi)
    [few] Păstrează-mă autentificat pe acest calculator ({ $n } zile)
   *[other] Păstrează-mă autentificat pe acest calculator ({ $n } de zile)
}
login-forgot = Ați uitat parola?
login-patients = Sunteți pacient? Nu aveți nevoie de cont.

login-sign-up = Nu aveți cont? Cereți unul.

sign-up-title = Cerere de cont
sign-up-text = Un administrator al platformei hotărăște. După ce aprobă, vă autentificați cu adresa și parola alese aici.
sign-up-submit = Trimite cererea
sign-up-sent = Cererea a fost trimisă. După ce un administrator o aprobă, vă puteți autentifica cu adresa și parola alese. Dacă adresa avea deja cont, acesta nu s-a schimbat. O cerere fără răspuns expiră după 30 de zile.
error-sign-up-off = Aici nu se pot cere conturi. Un administrator al platformei sau al clinicii dumneavoastră vă poate invita.
error-sign-up-full = Acum așteaptă prea multe cereri de cont. Încercați din nou peste câteva zile sau vorbiți cu un administrator.

setup-title = Primul administrator
setup-text = Platforma nu are încă niciun cont. Codul afișat la pornirea serverului vă face administrator.
setup-code-hint = Partea de după semnul # din linkul afișat la pornire.
setup-submit = Creați contul de administrator

set-password-title = Alegeți o parolă
set-password-code-hint = Partea de după semnul # din linkul primit de la administrator.
set-password-submit = Salvați parola și intrați
password-hint = Cel puțin 12 caractere. Cel mai bine: câteva cuvinte fără legătură între ele.

sessions-title = Unde sunteți autentificat
sessions-device = Dispozitiv
sessions-began = Început
sessions-last-seen = Ultima folosire
sessions-known = Identitate
sessions-known-by-password = cu parola, { $time }
sessions-known-by-second-factor = în doi pași, { $time }
sessions-here = aici, acum
sessions-remembered = păstrat autentificat
sessions-end = Încheiați
sessions-end-others = Încheiați toate celelalte sesiuni
sessions-text = O sesiune încheiată nu mai deschide nimic, de la următoarea pagină. Dacă nu recunoașteți un dispozitiv, încheiați sesiunea lui și schimbați parola. Aici vă deconectați cu „{ sign-out }”.
device-both = { $browser } pe { $system }
device-system = browser necunoscut pe { $system }
device-unknown = dispozitiv necunoscut
confirm-title = Încă o dată parola
confirm-text = Acest pas privește contul altcuiva sau însuși contul dumneavoastră. Scrieți parola dumneavoastră, apoi apăsați din nou butonul; timp de 10 minute nu vi se mai cere.
confirm-title-code = Încă o dată al doilea pas
confirm-text-code = Acest pas privește alți oameni sau însuși contul dumneavoastră. Arătați încă o dată al doilea pas, apoi apăsați din nou butonul; timp de 10 minute nu vi se mai cere.
confirm-submit = Continuă
confirm-back = Înapoi
error-step-up-needed = Pentru acest pas este nevoie din nou de parolă.
account-password-title = Schimbarea parolei
account-password-submit = Schimbă parola
second-step-title = Al doilea pas
second-step-text = Parola este corectă. Arătați și al doilea pas pe care l-ați configurat.
second-step-code = Cod de 6 cifre din aplicație
second-step-lost = Nu aveți telefonul la îndemână?
second-step-recovery-code = Cod de rezervă
second-step-recovery-hint = Unul dintre codurile pe care le-ați tipărit sau notat, de forma ABCD-EFGH-JKLM-NPQR. Fiecare funcționează o singură dată.
second-step-all-lost = Dacă nu mai aveți nici codurile de rezervă, un administrator al clinicii vă poate scoate al doilea pas; pentru ultimul administrator există pe server comanda „oxi admin reset”.
second-step-over = Timpul pentru al doilea pas a trecut. Scrieți din nou parola.
error-wrong-second-step = Codul nu este corect sau a fost deja folosit. Așteptați codul următor și încercați din nou.
error-second-factor-needed = Pentru administratori, autentificarea în doi pași este obligatorie aici. Configurați-o; până atunci nu se deschide nicio altă pagină.
second-factor-required = Acum este obligatorie.
second-factor-left-open = Acum este la alegere.
second-factor-ask = Fă obligatorie
second-factor-ask-no-more = Lasă la alegere
users-second-factor-text = Poate fi obligatorie pentru toți administratorii, ai platformei și ai clinicilor. Cine nu o are este condus la configurare, de la următoarea pagină, și nu ajunge la nimic altceva.
second-factor-title = Autentificare în doi pași
second-factor-is-on = activă
second-factor-is-off = inactivă
second-factor-on = După parolă vi se cere încă ceva ce aveți numai dumneavoastră. Cine vă află parola nu poate intra.
second-factor-off = Acum contul se deschide numai cu parola. Cu un al doilea pas, cine vă află parola nu poate intra.
second-factor-lost = Dacă pierdeți tot, un administrator al clinicii vă poate scoate al doilea pas, după ce v-a recunoscut; îl configurați apoi din nou.
totp-heading = Aplicație cu coduri
totp-text = O aplicație de pe telefon (Google Authenticator, Microsoft Authenticator, FreeOTP și altele) arată la fiecare jumătate de minut alt cod.
totp-since = Codurile se cer din
totp-set-up = Configurează…
totp-anew = Configurează pe alt telefon…
totp-remove = Renunță la coduri
totp-scan = Deschideți aplicația cu coduri și scanați imaginea.
totp-picture = Cod QR pentru aplicația cu coduri
totp-by-hand = Nu puteți scana? Scrieți cheia de mână
totp-on-this-device = Deschideți în aplicația de pe acest dispozitiv
totp-type = Scrieți codul pe care îl arată acum aplicația. Abia apoi codurile încep să conteze.
totp-confirm = Confirmă
passkeys-heading = Chei de acces
passkeys-text = Telefonul, calculatorul sau o cheie USB vă recunoaște după amprentă, față sau PIN. O cheie de acces nu poate fi folosită pe un site care doar imită platforma.
passkey-name = Nume, de exemplu „Telefonul meu”
passkey-add = Adaugă o cheie de acces…
passkey-made = adăugată
passkey-used = folosită ultima dată
passkey-remove = Scoate
passkey-use = Folosește cheia de acces
passkey-failed = Dispozitivul nu a dat nicio cheie de acces. Încercați din nou sau folosiți altă cale.
passkey-needs-script = Cheile de acces au nevoie de JavaScript, care este oprit în acest browser.
error-passkey-refused = Cheia de acces nu a fost primită: cererea a expirat sau cheia este deja a cuiva. Încercați din nou.
error-passkeys-unavailable = Cheile de acces funcționează numai la o adresă https cu nume.
recovery-heading = Coduri de rezervă
recovery-remaining = { $n ->
    [0] Nu mai aveți niciun cod de rezervă nefolosit.
    [one] Mai aveți un singur cod de rezervă nefolosit.
    [few] Mai aveți { $n } coduri de rezervă nefolosite.
   *[other] Mai aveți { $n } de coduri de rezervă nefolosite.
}
recovery-text = Fiecare deschide contul o singură dată, dacă pierdeți telefonul.
recovery-anew = Fă alte coduri
recovery-made = Al doilea pas este activ. Acestea sunt codurile de rezervă.
recovery-keep = Tipăriți sau notați codurile acum: nu se mai afișează niciodată. Păstrați-le departe de telefon.
recovery-list = Codurile dumneavoastră de rezervă
recovery-print = Fiecare funcționează o singură dată. Codurile de dinainte, dacă au existat, nu mai sunt valabile.
recovery-kept = Le-am păstrat
notices-title = Noutăți despre contul dumneavoastră
notices-open = Vedeți contul
notices-read = Am citit
notice-request-confirmed = S-a cerut o parolă nouă pentru contul dumneavoastră, iar un administrator a confirmat cererea. Dacă nu ați cerut-o dumneavoastră, schimbați parola (cererea nu mai are atunci efect) și anunțați conducerea clinicii.
notice-set-by-request = Parola contului a fost înlocuită printr-o cerere confirmată de un administrator.
notice-reset-link-made = Pe server s-a făcut un link de unică folosință pentru o parolă nouă a contului dumneavoastră. Dacă nu l-ați cerut, schimbați parola (linkul nu mai are atunci efect) și anunțați conducerea clinicii.
notice-set-by-link = Parola contului a fost înlocuită cu un link de unică folosință.
notice-invited = O clinică vă invită să lucrați acolo. Răspundeți pe pagina „{ invitations-title }”.
notice-second-factor-changed = Autentificarea în doi pași a contului dumneavoastră a fost schimbată pe: { $device }. Dacă nu ați fost dumneavoastră, schimbați parola și anunțați conducerea clinicii.
notice-second-step-failed = Cineva a scris parola corectă a contului dumneavoastră într-un browser nou, dar un cod greșit la al doilea pas. Dacă nu ați fost dumneavoastră, schimbați parola.
notice-second-factor-removed = Un administrator a scos al doilea pas al autentificării dumneavoastră. Dacă nu ați cerut-o, anunțați conducerea clinicii. Îl puteți configura din nou pe pagina „{ second-factor-title }”.
notice-new-device = Cineva s-a autentificat în contul dumneavoastră dintr-un browser nou: { $device }. Dacă nu ați fost dumneavoastră, schimbați parola; astfel se încheie toate celelalte sesiuni.

forgot-title = Parolă nouă
forgot-text = Scrieți adresa de e-mail a contului. Un administrator al platformei confirmă cererea după ce vorbiți cu el; apoi alegeți parola nouă aici, în acest browser.
forgot-submit = Trimiteți cererea
forgot-wait-text = Dacă există un cont activ cu această adresă, administratorul vede acum cererea. Sunați-l și spuneți-i acest număr:
forgot-wait-then = După ce administratorul confirmă, reveniți la această pagină, în același browser. Cererea expiră după 24 de ore. Parola veche funcționează până o alegeți pe cea nouă.
forgot-check = Verificați dacă a fost confirmată
forgot-again-title = Altă adresă
forgot-choose-text = Administratorul a confirmat cererea. Alegeți parola nouă; după aceea, celelalte sesiuni deschise cu acest cont se închid.

account-password-text = După schimbare, toate celelalte sesiuni deschise cu acest cont se închid.

users-state = Stare
users-actions = Acțiuni
users-last-sign-in = Ultima autentificare
users-never = niciodată
users-you = dumneavoastră
users-admin = administrator
users-enabled = activ
users-disabled = dezactivat
users-invited = fără parolă încă
users-give-code = Link pentru parolă
users-lost-password = Cine și-a uitat parola cere alta din pagina de autentificare („Ați uitat parola?”); cererea apare aici și o confirmați. Un link pentru parolă se poate da numai unui cont care nu a fost folosit încă.
users-sign-ups-title = Cereri de cont
users-sign-ups-text = Aprobați numai pe cine cunoașteți, de preferat după ce ați vorbit: adresa nu este verificată. Cu aprobarea, persoana intră cu parola pe care și-a ales-o.
users-sign-up-approve = Aprobă
users-sign-up-decline = Refuză
users-requests-title = Cereri de parolă nouă
users-requests-text = Sunați persoana la un număr de telefon pe care îl știți deja și confirmați numai dacă vă spune același număr. Parola o alege persoana însăși, în browserul din care a cerut-o.
users-request-confirm = Confirmă
users-request-confirmed = confirmată
users-request-refuse = Refuză
users-close-links = Închide linkurile pacienților
users-links-closed = Toate linkurile date pacienților din acest cont au fost închise.
users-disable = Dezactivează
users-enable = Activează
users-make-admin = Dă drepturi de administrator
users-remove-admin = Retrage drepturile de administrator
users-new-title = Cont nou
users-new-admin = Administrator
users-new-submit = Creează contul
users-code-title = Link pentru { $email }
users-code-text = Transmiteți acest link pe o cale sigură. Se afișează o singură dată, funcționează o singură dată și expiră în 72 de ore.

error-wrong-credentials = Adresa de e-mail sau parola nu este corectă.
error-wrong-current-password = Parola actuală nu este corectă.
error-password-too-short = Parola are nevoie de cel puțin { $shortest } caractere.
error-password-too-long = Parola poate avea cel mult { $longest } de caractere.
error-password-common = Parola este una dintre cele pe care le folosesc mulți oameni. Alegeți alta, de exemplu câteva cuvinte fără legătură între ele.
error-password-guessable = Parola este ușor de ghicit. Alegeți alta, de exemplu câteva cuvinte fără legătură între ele.
error-code-invalid = Codul nu este valabil: a fost deja folosit, a expirat sau este incomplet. Cereți altul administratorului.
error-code-account-in-use = Contul a fost folosit deja. Parola nouă o cere titularul, din pagina de autentificare („Ați uitat parola?”), iar dumneavoastră confirmați cererea.
error-request-not-confirmed = Cererea nu este confirmată, a expirat sau a fost folosită deja.
error-request-confirmed-already = Cererea a fost confirmată deja sau a expirat.
error-own-request = Cererea este pentru contul dumneavoastră: trebuie confirmată de alt administrator. Dacă nu există altul, folosiți pe server comanda „oxi admin reset”.
error-request-from-own-browser = Cererea vine dintr-un browser în care v-ați autentificat dumneavoastră. Titularul contului trebuie să o facă din browserul propriu.
error-bad-email = Adresa de e-mail nu este valabilă.
error-bad-name = Numele trebuie să aibă între 1 și 100 de caractere.
error-email-taken = Există deja un cont cu această adresă de e-mail.
error-last-administrator = Acesta este ultimul administrator activ; faceți mai întâi administrator pe altcineva.

forgot-text-mail = Scrieți adresa de e-mail a contului. La ea se trimite un link pentru o parolă nouă.
forgot-mailed = Dacă există un cont activ cu această adresă, un mesaj cu un link este pe drum. Linkul funcționează o singură dată, timp de o oră.
forgot-no-mail = Nu a venit niciun mesaj?
forgot-no-mail-text = Căutați mai întâi printre mesajele nedorite (spam). Dacă nu puteți citi mesajele acestei adrese, un administrator al platformei poate confirma că sunteți dumneavoastră.
