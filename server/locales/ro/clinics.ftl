nav-clinic = Clinica
clinic-switch-label = Clinica în care lucrați
clinic-switch-none = nicio clinică
clinic-switch-guest = cu permisiune
clinic-switch-submit = Schimbă
clinic-guest-notice = Vedeți înregistrările acestei clinici fiindcă v-a dat permisiunea pentru un timp. Nu puteți schimba nimic.

clinic-title = Setările clinicii
clinic-saved = Setările au fost salvate.
clinic-section-clinic = Clinica
clinic-name = Numele clinicii
clinic-phone = Telefon pentru pacienți
clinic-section-time = Limbă și oră
clinic-locale = Limba
clinic-time-zone = Fus orar
clinic-time-zone-hint = Fusul în care sunt potrivite ceasurile aparatelor.
clinic-section-sharing = Colegi
clinic-sharing-own = fiecare medic vede numai pacienții lui
clinic-sharing-shared = medicii clinicii văd toți pacienții clinicii
clinic-sharing-hint = Colegii văd; numai medicul pacientului poate schimba, șterge sau face linkuri.
clinic-section-flags = Praguri
clinic-flags-hint = T90, noaptea scurtă și semnalul slab schimbă ce se semnalează în listă, nu cifrele. Limitele de puls și pragul ODI4 se păstrează, dar nu se arată încă pe nicio pagină.
clinic-flag-t90 = T90 semnalat de la
clinic-flag-short = Noapte scurtă sub
clinic-flag-signal = Semnal slab sub
clinic-flag-pulse-low = Puls: limita de jos
clinic-flag-pulse-high = Puls: limita de sus
clinic-flag-odi4 = Prag ODI4 pe tendințe
clinic-unit-pct = %
clinic-unit-hours = ore valide
clinic-unit-bpm = bătăi/min
clinic-unit-per-hour = /h
clinic-save = Salvează
clinic-section-let-in = Administratorii platformei
clinic-let-in-text = Administratorii platformei nu văd înregistrările și pacienții clinicii. Le puteți da voie pentru un timp, de exemplu ca să caute o greșeală. Atunci văd totul și nu pot schimba nimic.
clinic-let-in-hours = { $n ->
    [one] Dă voie pentru o oră
    [few] Dă voie pentru { $n } ore
   *[other] Dă voie pentru { $n } de ore
}
clinic-let-in-until = Au voie până la
clinic-let-in-end = Oprește acum

error-no-clinic = Contul nu lucrează acum în nicio clinică. Administratorul clinicii îl poate adăuga; un administrator al platformei vede aici o clinică numai cât timp aceasta îi dă voie.
error-bad-clinic-name = Numele clinicii are între 1 și 100 de caractere, pe un singur rând.
error-bad-phone = Numărul de telefon nu este valid: cifre, spații și semnele + - . / ( ).
error-bad-limits = Un prag nu este valid. Pragurile sunt numere întregi: procente de la 1 la 100, ore de la 1 la 12, pulsul de jos de la 20 la 100 și sub cel de sus, cel mult 250.

nav-people = Colegi
people-link-title = Linkul invitației
people-admin = administrator al clinicii
people-own = propriul cont
people-unlock = Deblochează
people-more = Mai mult
people-transfer-to = Pacienții și înregistrările trec la
people-transfer = Transferă
people-close-links-hint = Toate linkurile date pacienților acestui medic în clinică se închid și nu se mai pot deschide din nou.
people-remove = Scoate din clinică
people-remove-hint = Se poate după ce pacienții și înregistrările au trecut la un coleg. Un cont care nu mai lucrează nicăieri se șterge.
people-link-text = Dați acest link pe o cale sigură. Se arată o singură dată și expiră după 14 zile. Persoana lucrează în clinică după ce acceptă.
people-waiting-title = Invitații fără răspuns
people-waiting-hint = Cine a pierdut linkul primește altul dacă îl invitați din nou; linkul de dinainte nu mai este valabil.
people-withdraw = Retrage
invitation-title = Invitație într-o clinică
invitation-known-text = Aveți deja cont pe această platformă? Invitația vă așteaptă în contul dumneavoastră, după autentificare:
invitation-new-title = Cont nou
invitation-new-text = Dacă nu aveți cont, alegeți aici o parolă. Contul se face pentru adresa de e-mail la care v-a invitat clinica.
invitation-new-submit = Acceptă și creează contul
invitation-accepted = Ați acceptat invitația. Alegeți clinica în partea de sus a paginii.
invitation-declined = Ați refuzat invitația.
invitations-title = Invitații de la clinici
invitations-none = Nicio invitație nu așteaptă răspuns pentru adresa { $email }.
invitations-as-doctor = Sunteți invitat(ă) să lucrați aici ca medic.
invitations-as-admin = Sunteți invitat(ă) să lucrați aici ca medic și administrator al clinicii.
invitations-until = Invitația expiră:
invitations-accept = Acceptă
invitations-decline = Refuză
error-invitation-sign-in = Adresa invitată are deja cont. Autentificați-vă: invitația vă așteaptă în contul dumneavoastră.
people-invite-title = Coleg nou
people-invite-hint = Primiți un link pe care i-l dați. Cine nu are cont își alege cu el parola; cine are unul acceptă invitația după autentificare.
people-invite-admin = Administrator al clinicii
people-invite = Invită
error-member-already = Persoana lucrează deja în clinică.
error-account-elsewhere = Contul lucrează și în altă clinică sau administrează platforma: numele și adresa le schimbă un administrator al platformei.
error-last-clinic-administrator = Este ultimul administrator activ al clinicii; numiți întâi altul.
error-transfer-to-nobody = Alegeți un coleg activ al clinicii, altul decât cel care pleacă.
error-has-patients = Persoana are încă pacienți sau înregistrări în clinică. Transferați-le întâi unui coleg.

nav-clinics = Clinici
usage-hint = Cât folosește fiecare clinică platforma. Pacienții și nopțile nu se văd de aici; o clinică vă poate da voie pentru un timp.
usage-clinic = Clinica
usage-people = Medici
usage-patients = Pacienți
usage-nights = Nopți

people-mailed = Invitația este pe drum către { $email }, prin e-mail. Așteaptă răspuns 14 zile.
people-invite-hint-mail = Invitația ajunge la această adresă prin e-mail. Cine nu are cont își alege o parolă cu linkul din mesaj; cine are cont acceptă după autentificare.
people-waiting-hint-mail = Cine nu a primit mesajul primește altul când îl invitați din nou; linkul dinainte nu mai funcționează.
