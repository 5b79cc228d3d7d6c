# Ce văd administratorii din munca platformei.
nav-jobs = Lucrări în fundal
jobs-hint = Ce face platforma singură, pe lângă cereri. Ce nu reușește se încearcă din nou, la intervale tot mai mari; după opt încercări lucrarea așteaptă aici până cereți alta.
jobs-failing = Lucrări nereușite
jobs-none-failing = Nicio lucrare nereușită.
jobs-schedule = Lucrări periodice
jobs-job = Lucrarea
jobs-reason = Motivul
jobs-attempts = Încercări
jobs-dead = abandonată
jobs-waiting = se încearcă din nou
jobs-retry = Încearcă acum
jobs-done = Terminată ultima dată
jobs-due = Urmează

job-erasure = Ștergerea fișierelor unui pacient
job-mail = Trimiterea unui e-mail
job-analysis = Analiza unei nopți
job-analyses-outdated = Căutarea nopților care trebuie analizate din nou
job-lines-missing = Completarea listei de nopți
job-uploads-unfinished = Renunțarea la încărcările neterminate
job-deletions-unfinished = Încheierea ștergerilor începute
job-files-half-written = Ștergerea fișierelor scrise pe jumătate
job-sessions-outlived = Încheierea sesiunilor expirate
job-visits-over = Încheierea vizitelor expirate ale pacienților
job-journal-verified = Verificarea jurnalului

error-job-died = Lucrarea nu s-a încheiat niciodată: procesul s-a oprit de fiecare dată.
error-job-panicked = O eroare de program a întrerupt lucrarea; jurnalul spune mai mult.
error-mail-off = Pe această platformă nu este stabilit niciun serviciu de e-mail.
error-mail-away = Serviciul de e-mail nu răspunde.
error-mail-key-refused = Serviciul de e-mail refuză cheia sau parola platformei, ori adresa ei de rețea.
error-mail-refused = Serviciul de e-mail refuză acest mesaj.
error-mail-no-credit = Contul de la serviciul de e-mail nu mai are mesaje disponibile.
error-mail-too-many = Serviciul de e-mail nu primește acum mai multe mesaje.
error-mail-service-failing = Serviciul de e-mail are o defecțiune proprie.
error-mail-unknown = Mesajul a fost cerut de altă versiune a programului.

nav-mail = E-mail
mail-page-hint = Mesajele așteaptă aici până le preia serviciul de e-mail. Ce nu reușește se încearcă din nou, la intervale tot mai mari; după opt încercări, sau când cheia este refuzată, mesajul așteaptă până cereți altă încercare.
mail-none = Pe această platformă nu este stabilit niciun serviciu de e-mail: linkurile invitațiilor și ale parolelor noi se afișează și se transmit de la om la om. Cum se stabilește unul scrie în docs/OPERATIONS.md, la „Mail”.
mail-carrier = Trimise prin
mail-carrier-brevo = Brevo
mail-carrier-smtp = un server de e-mail (SMTP)
mail-carrier-folder = un dosar: nimic nu pleacă de pe acest calculator
mail-sender = Expeditor
mail-sent-lately = Trimise în ultimele 30 de zile
mail-last-sent = Ultima trimitere
mail-test-submit = Trimite-mi un mesaj de probă
mail-test-asked = Un mesaj de probă către adresa dumneavoastră este pe drum. Dacă nu ajunge, motivul apare aici.
mail-waiting = Mesaje care așteaptă
mail-none-waiting = Niciun mesaj nu așteaptă.
mail-mail = Mesajul
mail-to = Către
mail-to-unknown = se află la trimitere
mail-since = Din
mail-failed = nereușit
mail-on-its-way = pe drum
mail-attempts = { $n ->
    [one] (o încercare)
    [few] ({ $n } încercări)
   *[other] ({ $n } de încercări)
}
mail-retry-all = Încearcă acum tot ce nu a reușit
mail-kind-password-changed = Parolă schimbată
mail-kind-new-device = Autentificare dintr-un browser nou
mail-kind-factor-changed = Al doilea pas schimbat
mail-kind-test = Mesaj de probă
mail-kind-reset = Link pentru o parolă nouă
mail-kind-invitation = Invitație într-o clinică
