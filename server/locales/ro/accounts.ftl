field-email = Adresă de e-mail
field-password = Parolă
field-new-password = Parolă nouă
field-current-password = Parola actuală
field-name = Nume
field-code = Cod de unică folosință

login-title = Autentificare
login-remember = Ține-mă minte pe acest calculator (30 de zile)
login-lost-password = Ați uitat parola? Administratorul vă poate da un link pentru a alege alta.
login-patients = Sunteți pacient? Nu aveți nevoie de cont.

setup-title = Primul administrator
setup-text = Platforma nu are încă niciun cont. Codul afișat la pornirea serverului vă face administrator.
setup-code-hint = Partea de după semnul # din linkul afișat la pornire.
setup-submit = Creați contul de administrator

set-password-title = Alegeți o parolă
set-password-code-hint = Partea de după semnul # din linkul primit de la administrator.
set-password-submit = Salvați parola și intrați
password-hint = Cel puțin 8 caractere. Cel mai bine: câteva cuvinte fără legătură între ele.

account-password-title = Schimbarea parolei
account-password-submit = Schimbați parola
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
users-disable = Dezactivați
users-enable = Activați
users-make-admin = Faceți administrator
users-remove-admin = Retrageți drepturile de administrator
users-new-title = Cont nou
users-new-admin = Administrator
users-new-submit = Creați contul
users-code-title = Link pentru { $email }
users-code-text = Transmiteți acest link pe o cale sigură. Se afișează o singură dată, funcționează o singură dată și expiră în 72 de ore.

error-wrong-credentials = Adresa de e-mail sau parola nu este corectă.
error-wrong-current-password = Parola actuală nu este corectă.
error-password-too-short = Parola are nevoie de cel puțin { $shortest } caractere.
error-password-too-long = Parola poate avea cel mult { $longest } de caractere.
error-password-guessable = Parola este ușor de ghicit. Alegeți alta, de exemplu câteva cuvinte fără legătură între ele.
error-code-invalid = Codul nu este valabil: a fost deja folosit, a expirat sau este incomplet. Cereți altul administratorului.
error-bad-email = Adresa de e-mail nu este valabilă.
error-bad-name = Numele trebuie să aibă între 1 și 100 de caractere.
error-email-taken = Există deja un cont cu această adresă de e-mail.
error-last-administrator = Acesta este ultimul administrator activ; faceți mai întâi administrator pe altcineva.
