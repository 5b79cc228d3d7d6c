# Linkuri, pe paginile medicului
links-title = Pacient și linkuri
links-none = Înregistrarea nu este încă a unui pacient. Un link nou face un pacient fără nume pentru ea.
links-patient = Pacient: { $label }
links-patient-choice = { $label } (din { $date })
links-table = Linkuri
links-empty = Pacientul nu are încă niciun link.
links-link = Link
links-number = Linkul { $n }
links-unnumbered = Link
links-actions = Acțiuni
links-show = Arată
links-created = Creat
links-expires = Expiră
links-never = nu expiră
links-views = Accesări
links-last-view = Ultima accesare
links-not-viewed = neaccesat
links-state = Stare
links-active = activ
links-expired = expirat
links-revoked = închis
links-revoke = Închide linkul
links-new-title = Link nou
links-lifetime-label = Valabilitate
links-lifetime-days = { $days ->
    [one] o zi
    [few] { $days } zile
   *[other] { $days } de zile
}
links-lifetime-unlimited = până îl închideți
links-create = Creează linkul
links-assign-title = Pacient existent
links-assign-label = Pacientul înregistrării
links-assign-none = fără pacient
links-assign-hint = Linkurile pacientului arată și această înregistrare. Pacientul și linkurile lui rămân și fără înregistrări.
links-assign = Mută înregistrarea
link-made-before-title = Linkul a fost deja creat

# Foaia unui link
link-sheet-title = Linkul pacientului { $patient }
link-created-done = Linkul este gata.
link-replaced-done = Linkul nou este gata; cel vechi nu mai deschide nimic.
link-created-once = Copiați sau tipăriți linkul acum: clinica nu păstrează copii, deci nu mai poate fi arătat a doua oară. Dacă îl pierdeți, faceți un link nou, care îl închide pe acesta.
link-created-label = Link de trimis pacientului
link-created-private = Oricine are linkul vede ce arată el, fără cont.
link-created-back = Înapoi
link-works-until = valabil până la
link-asks-passcode = Linkul cere și parola pe care ați ales-o; spuneți-i-o pacientului separat.
link-code-label = Cod de tastat:
link-code-hint = Pentru cine nu are cameră: codul se scrie la { $address }. Merge până la
link-copy = Copiază linkul
link-copied = Linkul a fost copiat.
link-print = Tipărește biletul
link-settings = Ce arată linkul
link-slip = Bilet de tipărit
link-slip-phone = tel. { $phone }
link-slip-title = Rezultatul dumneavoastră
link-slip-night = Noaptea începută { $date }
link-slip-qr = Cod QR cu linkul
link-slip-camera = Îndreptați camera telefonului spre pătrat și atingeți linkul care apare.
link-slip-typed = Fără cameră: scrieți codul de mai jos la adresa
link-slip-fine = Nu aveți nevoie de cont. Cine are acest bilet poate vedea rezultatele: păstrați-l la dumneavoastră.
link-slip-until = Valabil până la
link-slip-code-until = Codul tastat merge până la

# Pagina unui link
link-saved = Modificările au fost salvate; valabile de la următoarea accesare.
link-passcode-saved = Parola a fost salvată. Cine avea linkul deschis trebuie să o scrie.
link-passcode-removed = Linkul nu mai cere parolă.
link-last-shown = Arătat ultima dată pentru copiere sau tipărire
link-not-shown = niciodată
link-no-copy = Nu există o copie a acestui link, deci nu poate fi arătat din nou. Faceți un link nou, care îl închide pe acesta.
link-show = Arată, copiază, tipărește
link-replace = Link nou în locul acestuia
link-replace-hint = Linkul nou arată același lucru; acesta nu mai deschide nimic, nici unde este deja deschis. Fiecare arătare a linkului se notează în jurnal.
link-terms = Ce arată linkul
link-nights = Nopți
link-scope-all = toate nopțile pacientului, și cele viitoare
link-scope-chosen = numai nopțile bifate:
link-gives = Împreună cu nopțile
link-gives-file = fișierul original, cu graficul interactiv
link-gives-text = textul medicului pentru pacient
link-lifetime-same = cum este acum
link-lifetime-from-now = de azi: { $lifetime }
link-terms-hint = Schimbarea este valabilă de la următoarea accesare, și pentru cine are linkul deschis.
link-passcode = Parolă suplimentară
link-passcode-none = fără parolă
link-passcode-set = cere parolă
link-passcode-locked = blocată după 5 parole greșite; alegeți alta
link-passcode-new = Parolă nouă
link-passcode-hint = De la 4 la 64 de caractere. Spuneți-o pacientului separat de link. După 5 încercări greșite linkul nu se mai deschide până nu alegeți alta.
link-passcode-remove = Scoate parola
link-views = Cine l-a deschis
link-views-count = { $n ->
    [0] Nu a fost deschis încă.
    [one] O accesare.
    [few] { $n } accesări.
   *[other] { $n } de accesări.
}
link-views-hint = Se notează ora și felul dispozitivului, fără adresă. Nu se numără accesările din browsere în care este sau a fost conectat un medic al clinicii.
device-phone = telefon
device-tablet = tabletă
device-computer = calculator
error-link-not-active = Linkul este închis sau a expirat.
error-link-no-copy = Nu există o copie a linkului care să poată fi citită. Faceți un link nou în locul lui.
error-link-no-night = Alegeți cel puțin o noapte sau toate nopțile pacientului.
error-passcode-unfit = Parola are de la { $shortest } la 64 de caractere, pe un singur rând.

# Hotărârea clinicii
clinic-section-links = Linkurile pacienților
clinic-links-text = Un link poate fi arătat din nou, ca să fie copiat sau tipărit, numai dacă se păstrează o copie a lui, sigilată cu cheia platformei.
clinic-links-kept = se păstrează copii sigilate; fiecare arătare se notează în jurnal
clinic-links-none = nu se păstrează copii: linkul se arată o singură dată, apoi se face un link nou
clinic-links-hint = Când copiile nu se mai păstrează, cele existente se șterg pe loc. Linkurile merg mai departe.

# Paginile pacientului
patient-entry-slip = Am un bilet cu un cod de tastat
patient-code-title = Codul de pe bilet
patient-code-lead = Scrieți codul de 16 semne de pe biletul primit de la medic.
patient-slip-code = Codul de pe bilet
patient-slip-code-hint = Litere mari sau mici, cu sau fără liniuțe. De exemplu: ABCD-EFGH-2345-6789.
patient-code-refused = Codul nu este bun sau nu mai este valabil. Verificați fiecare semn; după 5 greșeli codul nu mai merge și medicul vă poate da altul. Rezultatele nu s-au pierdut.
patient-code-link = Aveți un link în loc de cod?
patient-passcode-title = Parola primită de la medic
patient-passcode-lead = Medicul a protejat rezultatele cu o parolă. Scrieți-o aici.
patient-passcode-label = Parolă
patient-passcode-wrong = { $n ->
    [one] Parola nu este bună. Mai aveți o încercare.
    [few] Parola nu este bună. Mai aveți { $n } încercări.
   *[other] Parola nu este bună. Mai aveți { $n } de încercări.
}
patient-passcode-locked = Parola a fost greșită de prea multe ori. Rezultatele nu s-au pierdut: medicul vă poate da altă parolă.
patient-questions-passcode = Dacă nu știți parola, întrebați medicul care v-a dat linkul.

# Linkurile mai multor pacienți
link-sheets-make = Linkuri de trimis pentru cei bifați
link-sheets-hint = Se arată linkul cel mai nou al fiecăruia, cu bilet de tipărit, sau se face unul. Unde nu există o copie, linkul nou îl închide pe cel vechi.
link-sheets-tick = Bifează { $patient }
link-sheets-title = Linkuri de trimis
link-sheets-ready = { $n ->
    [one] Un link este gata. Fiecare pacient vede numai nopțile lui.
    [few] { $n } linkuri sunt gata. Fiecare pacient vede numai nopțile lui.
   *[other] { $n } de linkuri sunt gata. Fiecare pacient vede numai nopțile lui.
}
link-sheets-copy-all = Copiază toate
link-sheets-print = { $n ->
    [one] Tipărește un bilet
    [few] Tipărește { $n } bilete
   *[other] Tipărește { $n } de bilete
}
links-patient-column = Pacient
link-slip-code-column = Cod de tastat
link-origin-new = link nou
link-origin-known = link existent
link-origin-replaced = link nou, cel vechi s-a închis
error-no-patient-ticked = Bifați cel puțin un pacient.
