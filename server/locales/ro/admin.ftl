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

job-mail = Trimiterea unui e-mail
job-analysis = Analiza unei nopți
job-analyses-outdated = Căutarea nopților care trebuie analizate din nou
job-lines-missing = Completarea listei de nopți
job-uploads-unfinished = Renunțarea la încărcările neterminate
job-deletions-unfinished = Încheierea ștergerilor începute
job-files-half-written = Ștergerea fișierelor scrise pe jumătate
job-sessions-outlived = Încheierea sesiunilor expirate
job-visits-over = Încheierea vizitelor expirate ale pacienților

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
