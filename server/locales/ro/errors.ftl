error-not-found = Pagina nu există sau nu aveți acces la ea.
error-sign-in-needed = Este necesară autentificarea.
error-form-expired = Formularul a expirat sau nu provine de pe această platformă. Reîncărcați pagina și încercați din nou.
error-other-clinic = Pagina s-a deschis pentru altă clinică decât cea în care lucrați acum. Nu s-a salvat nimic în niciuna. Alegeți clinica, deschideți din nou pagina și trimiteți încă o dată.
error-cookie-missing = Browserul nu a trimis cookie-ul acestei platforme. Permiteți cookie-urile, reîncărcați pagina și încercați din nou.
error-cookie-needs-https = Browserul nu a trimis cookie-ul acestei platforme, pe care îl păstrează numai la adresa ei securizată. Permiteți cookie-urile și deschideți platforma la { $address }.
error-code-made-before = Formularul a fost deja trimis: atunci s-a făcut codul, care s-a arătat o singură dată. Nu s-a făcut nimic a doua oară, iar codul de atunci rămâne valabil.
error-link-made-before = Linkul a fost deja creat când ați trimis formularul prima dată. Nu s-a creat un al doilea link. Îl găsiți între linkurile pacientului; dacă nu poate fi arătat din nou, faceți altul în locul lui.
error-bad-request = Cererea nu a putut fi înțeleasă.
error-method-not-allowed = Această adresă nu acceptă acest fel de cerere.
error-too-large = Ceea ce ați trimis este prea mare.
error-too-slow = Cererea a durat prea mult. Încercați din nou.
error-internal = A apărut o eroare a platformei. Datele dumneavoastră nu au fost modificate; încercați din nou.
error-database-away = Baza de date nu răspunde momentan. Încercați din nou peste câteva secunde.
error-database-full = Baza de date nu mai are loc momentan. Nu s-a modificat nimic; vă rugăm să anunțați administratorul platformei.
error-storage-away = Depozitul de fișiere nu răspunde momentan. Încercați din nou peste câteva secunde.
error-busy = Platforma este foarte solicitată acum. Nu s-a modificat nimic; încercați din nou peste câteva secunde.
error-too-many-attempts = Prea multe încercări. Încercați din nou peste { $minutes ->
    [one] { $minutes } minut
    [few] { $minutes } minute
   *[other] { $minutes } de minute
}.
