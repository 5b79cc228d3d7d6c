# Lista și încărcarea
recordings-title = Înregistrări
recordings-empty = Nu există încă nicio înregistrare. Încărcați primul fișier mai sus.
recordings-count = { $n ->
    [one] O înregistrare
    [few] { $n } înregistrări
   *[other] { $n } de înregistrări
}
recordings-start = Început
recordings-device = Aparat
recordings-duration = Durată
recordings-odi3 = ODI3 (/h)
recordings-odi4 = ODI4 (/h)
recordings-t90 = T90 (%)
recordings-min = SpO2 minim (%)
recordings-flags = Semnalat
flag-t90 = T90 ≥ { $n } %
flag-short = { $n ->
    [one] sub o oră validă
    [few] sub { $n } ore valide
   *[other] sub { $n } de ore valide
}
flag-signal = sub { $n } % semnal valid
flag-below-range = citiri sub limita aparatului
recordings-link = Link pacient
recordings-no-device = fără număr
recordings-page = Pagina { $page } din { $pages }
recordings-newer = Mai noi
recordings-older = Mai vechi
recordings-pages-label = Paginile listei
recordings-incomplete = fișier incomplet
recordings-link-none = fără
recordings-link-active = activ
recordings-link-closed = închis
recordings-list-note = ODI3 și ODI4: profilul aasm, pe oră de semnal valid. T90: timp cu SpO2 sub 90 %, din timpul valid.
no-reading = fără citire
too-short-for-index = prea scurt pentru un indice: sub 10 minute de semnal valid
too-short = sub 10 min de semnal valid
too-coarse-for-index = fără indice: măsurători la mai mult de 10 s una de alta
too-coarse = măsurători la mai mult de 10 s
chart-t90-with-below-range = { $tninety } ({ $value } cu măsurătorile sub limită)

upload-title = Încărcare
upload-label = Fișiere de pulsoximetru (CSV sau binar)
upload-hint = Puteți alege mai multe fișiere deodată: cel mult { $files }, cel mult { $megabytes } MB fiecare. Fișierul original se păstrează neschimbat.
upload-button = Încarcă
upload-result-title = Rezultatul încărcării
upload-drop-hint = Trageți fișierele aici sau alegeți-le
upload-drop-here = Lăsați aici fișierele: se încarcă printre înregistrările dumneavoastră.
upload-sending = Se trimite { $name }: { $percent } %
upload-stored = { $name }: păstrat
upload-duplicate = { $name }: exista deja
upload-handed-over = Ați încărcat acest fișier mai demult. Înregistrarea lui este păstrată în clinică și a trecut la un coleg, căruia i s-au transferat pacienții; administratorul clinicii știe cui. Nu s-a păstrat a doua oară.
upload-duplicate-text = Fișierul exista deja; nu s-a păstrat a doua oară.
upload-date-assumed = Data nopții este presupusă: în fișier ziua și luna nu se pot deosebi. Pagina înregistrării vă întreabă care este.
upload-refused = { $name }: refuzat
upload-incomplete-note = Ce există din fișier se poate citi. Dacă decideți să păstrați numai atât, pagina înregistrării va spune mereu că sfârșitul lipsește.
upload-incomplete-again = Alegeți din nou fișierul { $name }
upload-incomplete-store = Păstrează ce există
upload-open = Deschide înregistrarea
upload-network = Conexiunea s-a întrerupt; restul nu s-a trimis. Încercați din nou.
upload-session = Sesiunea s-a încheiat. Autentificați-vă din nou.
upload-clinic = Între timp lucrați în altă clinică decât cea pentru care s-a deschis pagina. Fișierul nu s-a salvat; reîncărcați pagina și alegeți clinica.
upload-too-large = Fișierul este mai mare decât cei { $megabytes } MB acceptați de platformă.
upload-finished = Gata: păstrate { $stored }, existente deja { $duplicates }, refuzate { $refused }.
upload-no-file = Nu ați ales niciun fișier.
upload-too-many = Prea multe fișiere deodată: se acceptă cel mult { $files } la o încărcare. Acesta nu s-a păstrat; încărcați-l separat.
upload-storage = Depozitul de fișiere nu răspunde. Fișierul nu s-a păstrat; încercați din nou peste câteva minute.
upload-busy = Platforma este foarte solicitată acum. Fișierul nu s-a păstrat; încercați din nou peste câteva secunde.
upload-too-long = Înregistrarea se întinde pe { $hours ->
    [one] o oră
    [few] { $hours } ore
   *[other] { $hours } de ore
}; un fișier poate avea cel mult { $most ->
    [one] o oră
    [few] { $most } ore
   *[other] { $most } de ore
}. Nu s-a păstrat: exportați din programul aparatului fiecare noapte separat și încărcați acele fișiere.
upload-unnamed = fișier fără nume

error-upload-interrupted = Încărcarea s-a întrerupt înainte de sfârșitul fișierului. Fișierul neterminat nu s-a păstrat.
error-upload-total = Încărcarea depășește în total { $megabytes } MB. Încărcați mai puține fișiere deodată.

# De ce nu s-a putut citi un fișier
parse-error-empty-file = Fișierul este gol.
parse-error-unknown-format = Fișierul nu este o înregistrare de pulsoximetru cunoscută (CSV sau binar Checkme/Viatom/Wellue).
parse-error-picture-file = Fișierul este o imagine, nu o înregistrare. Încărcați fișierul exportat de aparat sau de aplicația lui.
parse-error-pdf-file = Fișierul este un document PDF, nu o înregistrare. Încărcați fișierul exportat de aparat sau de aplicația lui.
parse-error-document-file = Fișierul este un document text (de exemplu Word), nu o înregistrare. Încărcați fișierul exportat de aparat sau de aplicația lui.
parse-error-web-page-file = Fișierul este o pagină web, nu o înregistrare, chiar dacă numele lui se termină altfel. Încărcați fișierul exportat de aparat sau de aplicația lui.
parse-error-spreadsheet-file = Fișierul este o foaie de calcul. Salvați foaia cu măsurătorile ca CSV și încărcați acel fișier.
parse-error-archive-file = Fișierul este o arhivă (de exemplu ZIP). Dezarhivați-l și încărcați înregistrarea din el.
parse-error-no-samples = Fișierul are numai antetul, fără nicio măsurătoare.
parse-error-truncated = Fișierul se termină înainte de sfârșitul antetului: este tăiat.
parse-error-no-oximetry = Fișierul conține alte semnale sau coloane, dar nu și SpO2.
parse-error-personal-data = O coloană a fișierului conține nume, numere personale sau alte date despre persoane. Ștergeți coloanele cu date personale și încărcați fișierul din nou.
parse-error-no-such-column = Coloana sau semnalul ales nu există în fișier.
parse-error-bad-setting = Intervalul dat între înregistrări este prea lung; se dă în secunde.
parse-error-bad-field = Un câmp din antet are o valoare imposibilă.
parse-error-bad-row = Un rând nu poate fi citit.
parse-error-bad-row-time = Data și ora unui rând nu pot fi citite.
parse-error-bad-row-date = Data unui rând nu există în calendar.
parse-error-bad-row-clock = Ora unui rând poate fi citită, dar nu spune când a fost măsurătoarea.
parse-error-bad-row-calendar = Anul unui rând este înainte de 1970 sau după 2100, ca în alt calendar: 2568 este 2025 în cel budist. Exportați fișierul cu ani din calendarul gregorian.
parse-error-bad-row-weekday = Data unui rând cade în altă zi a săptămânii decât cea scrisă lângă ea.
parse-error-bad-row-zone = Numele fusului orar dintr-un rând nu este cunoscut sau are mai multe înțelesuri. Exportați fișierul fără el sau cu un decalaj precum +02:00.
parse-error-bad-row-source = Rândurile sunt ale mai multor persoane sau dispozitive. Despărțiți fișierul, câte unul pentru fiecare.
parse-error-bad-row-spo2 = SpO2 nu poate fi citit într-un rând.
parse-error-bad-row-pulse = Pulsul nu poate fi citit într-un rând.
parse-error-bad-row-cells = Un rând are alt număr de celule decât antetul: nu se știe ce înseamnă fiecare. Dacă virgula desparte celulele, zecimalele se scriu cu punct.
parse-error-bad-row-fraction = Nu se știe dacă o celulă este o măsurătoare sau partea de după virgula zecimală a celei dinainte. Dacă virgula desparte celulele, zecimalele se scriu cu punct.
parse-error-bad-row-columns = Fișierul are, printre rânduri, un al doilea antet cu alte coloane. Despărțiți-l în două fișiere.
parse-error-found = În fișier: „{ $text }”
parse-error-expected = Acceptat, de exemplu: „{ $text }”.
parse-error-contradictory-dates = Datele din fișier nu se potrivesc nici cu ziua înaintea lunii, nici cu luna înaintea zilei.
parse-error-too-large = Înregistrarea este prea lungă: ceasul sare cu mai mult de o lună, sau între primul și ultimul rând este mai mult de un an.
parse-error-cut = Fișierul este tăiat: la sfârșit { $bytes ->
    [one] lipsește un octet
    [few] lipsesc { $bytes } octeți
   *[other] lipsesc { $bytes } de octeți
}. Copiați din nou fișierul de pe aparat.
parse-error-cut-line = Fișierul este tăiat: ultimul rând nu este întreg. Copiați din nou fișierul de pe aparat.
parse-error-unknown = Fișierul nu poate fi citit.
parse-error-place-line = rândul { $line }
parse-error-place-line-column = rândul { $line }, coloana { $column }
parse-error-place-offset = octetul { $offset }

# Data unui fișier din care nu se deosebesc ziua și luna
dates-title = Data nopții
dates-assumed = În fișier data este scrisă numai cu cifre, iar ziua și luna nu se pot deosebi. S-a presupus { $date }. Care este data la care a început înregistrarea? Răspunsul schimbă numai data, nu și măsurătorile.
dates-decided-day-first = Ordinea datei: zi/lună, stabilită de { $name }.
dates-decided-month-first = Ordinea datei: lună/zi, stabilită de { $name }.
dates-change = Schimbă în { $date }
dates-take-back = Retrage răspunsul
error-dates-certain = Data din acest fișier se citește într-un singur fel: fișierul spune care este ziua și care este luna. Nu s-a schimbat nimic.
error-dates-certain-number = Data din acest fișier se citește într-un singur fel: unul dintre numere este mai mare decât 12, deci nu poate fi luna. Nu s-a schimbat nimic.
error-dates-certain-midnight = Data din acest fișier se citește într-un singur fel: la miezul nopții crește cu unu numărul care este ziua. Nu s-a schimbat nimic.
error-dates-certain-name = Data din acest fișier se citește într-un singur fel: numele fișierului spune când a început înregistrarea. Nu s-a schimbat nimic.
error-dates-certain-alike = Data din acest fișier este aceeași cu ziua înaintea lunii și cu luna înaintea zilei, sau există în calendar numai într-una dintre ordini. Nu s-a schimbat nimic.

# Pagina înregistrării
recording-title = Înregistrare din { $start }
recording-span = Din { $start } până { $end }
recording-device = Aparat { $device }
recording-numbers = Cifre
recording-quality = Din { $records ->
    [one] o măsurătoare
    [few] { $records } măsurători
   *[other] { $records } de măsurători
} s-au analizat { $analysed }. Excluse: { $missing } fără SpO2 (dintre care { $with_pulse } cu puls prezent), { $range } în afara intervalului 50–100 %, { $slope } cu salt mai rapid de 4 % pe secundă.
recording-cut = Fișierul este incomplet: de la sfârșit { $bytes ->
    [one] lipsește un octet
    [few] lipsesc { $bytes } octeți
   *[other] lipsesc { $bytes } de octeți
}. Cifrele se referă numai la { $records ->
    [one] singura măsurătoare întreagă
    [few] cele { $records } măsurători întregi
   *[other] cele { $records } de măsurători întregi
} din el, nu la toată noaptea.
recording-cut-line = Fișierul este incomplet: se termină în mijlocul unui rând, din care { $bytes ->
    [one] un octet nu s-a folosit
    [few] { $bytes } octeți nu s-au folosit
   *[other] { $bytes } de octeți nu s-au folosit
}. Cifrele se referă numai la { $records ->
    [one] singura măsurătoare întreagă
    [few] cele { $records } măsurători întregi
   *[other] cele { $records } de măsurători întregi
} din el, nu la toată noaptea.
recording-below-range = { $n ->
    [one] O măsurătoare se află
    [few] { $n } măsurători se află
   *[other] { $n } de măsurători se află
} sub limita de măsurare a inelului (aproximativ 61 %): acolo SpO2 lipsește, iar pulsul continuă. SpO2 minim real este cel mult cel afișat, iar desaturările cu astfel de măsurători sunt mai adânci decât se arată.
recording-short = Mai puțin de patru ore de semnal valid: interpretați cifrele cu prudență.
recording-definition-label = Definiție
recording-picture = Imaginea nopții
recording-picture-alt = Graficul nopții: SpO2 colorat după nivel, puls și mișcare pe oră de ceas, din { $start } până { $end }. SpO2 minim { $min }, T90 { $t90 }, ODI3 { $odi3 }.
recording-downloads = Descărcări
recording-download-original = Fișierul original
recording-download-png = Imagine PNG
recording-download-png-large = Imagine PNG mare
recording-download-jpg = Imagine JPG
recording-file = Fișier: { $name }
recording-sha256 = SHA-256: { $sha256 }
recording-size = { $n ->
    [one] un octet
    [few] { $n } octeți
   *[other] { $n } de octeți
}
recording-back = Înapoi la listă

desaturations-title = Desaturări
desaturations-summary = Tabelul desaturărilor ({ $n })
desaturations-none = Nicio desaturare de cel puțin 3 % în profilul aasm.
desaturations-note = Profilul aasm, în ordinea orei. Intră în indice numai cele numărate.
desaturation-at = Ora
desaturation-duration = Durată
desaturation-peak = De la (%)
desaturation-nadir = Până la (%)
desaturation-depth = Scădere (%)
desaturation-outcome = Fel
desaturation-complete = numărată
desaturation-sustained = prea lungă, nenumărată
desaturation-gap = întreruptă de o pauză, nenumărată
desaturation-end = întreruptă de sfârșit, nenumărată

recording-delete = Șterge înregistrarea
recording-delete-title = Ștergeți înregistrarea?
recording-delete-what = Se șterg definitiv fișierul original, cifrele și imaginile înregistrării din { $start }. Nu se mai pot recupera.
recording-delete-confirm = Da, șterge definitiv
recording-delete-cancel = Nu, păstrează
recording-deleted = Înregistrarea a fost ștearsă.
error-changed-meanwhile = Înregistrarea s-a schimbat între timp, din altă fereastră. Reîncărcați pagina ei și încercați din nou.
error-delete-unfinished = Înregistrarea nu se mai vede, dar depozitul de fișiere nu răspunde. Ștergerea se încheie singură când acesta revine.

# Observații la citirea fișierului
notice-rows-dropped = { $rows ->
    [one] Un rând fără măsurătoare a fost lăsat deoparte.
    [few] { $rows } rânduri fără măsurătoare au fost lăsate deoparte.
   *[other] { $rows } de rânduri fără măsurătoare au fost lăsate deoparte.
}
notice-rows-retimed = { $rows ->
    [one] Un rând repeta ora sau dădea ceasul înapoi și a fost așezat în ordine.
    [few] { $rows } rânduri repetau ora sau dădeau ceasul înapoi și au fost așezate în ordine.
   *[other] { $rows } de rânduri repetau ora sau dădeau ceasul înapoi și au fost așezate în ordine.
}
notice-duplicates-removed = { $rows ->
    [one] O măsurătoare dublată de aparat a fost unită.
    [few] { $rows } măsurători dublate de aparat au fost unite.
   *[other] { $rows } de măsurători dublate de aparat au fost unite.
}
notice-clock-unset = { $rows ->
    [one] Un rând fusese scris înainte ca ceasul aparatului să fie potrivit.
    [few] { $rows } rânduri fuseseră scrise înainte ca ceasul aparatului să fie potrivit.
   *[other] { $rows } de rânduri fuseseră scrise înainte ca ceasul aparatului să fie potrivit.
}
notice-readings-skipped = { $rows ->
    [one] O măsurătoare dintre două secunde întregi nu a fost folosită.
    [few] { $rows } măsurători dintre secunde întregi nu au fost folosite.
   *[other] { $rows } de măsurători dintre secunde întregi nu au fost folosite.
}
notice-countdown = { $rows ->
    [one] La sfârșit, o măsurătoare este de după scoaterea senzorului; rămâne în afara statisticilor.
    [few] La sfârșit, { $rows } măsurători sunt de după scoaterea senzorului; rămân în afara statisticilor.
   *[other] La sfârșit, { $rows } de măsurători sunt de după scoaterea senzorului; rămân în afara statisticilor.
}
notice-rows-spread = { $rows ->
    [one] Un rând avea aceeași oră cu altele și a fost așezat în timpul până la ora următoare.
    [few] { $rows } rânduri aveau aceeași oră cu altele și au fost așezate în timpul până la ora următoare.
   *[other] { $rows } de rânduri aveau aceeași oră cu altele și au fost așezate în timpul până la ora următoare.
}
notice-rows-without-time = { $rows ->
    [one] Un rând nu are oră și a fost așezat după rândul dinainte.
    [few] { $rows } rânduri nu au oră și au fost așezate după rândurile dinainte.
   *[other] { $rows } de rânduri nu au oră și au fost așezate după rândurile dinainte.
}
notice-lines-skipped = { $rows ->
    [one] Un rând de deasupra numelor coloanelor a fost sărit.
    [few] { $rows } rânduri de deasupra numelor coloanelor au fost sărite.
   *[other] { $rows } de rânduri de deasupra numelor coloanelor au fost sărite.
}
notice-unread-bytes = { $rows ->
    [one] După măsurătorile declarate, fișierul mai are un octet, care nu a fost citit.
    [few] După măsurătorile declarate, fișierul mai are { $rows } octeți, care nu au fost citiți.
   *[other] După măsurătorile declarate, fișierul mai are { $rows } de octeți, care nu au fost citiți.
}
notice-signals-left-out = { $rows ->
    [one] Un semnal de lângă SpO2 nu poate fi citit așa cum este descris și a fost lăsat deoparte.
    [few] { $rows } semnale de lângă SpO2 nu pot fi citite așa cum sunt descrise și au fost lăsate deoparte.
   *[other] { $rows } de semnale de lângă SpO2 nu pot fi citite așa cum sunt descrise și au fost lăsate deoparte.
}
notice-date-order-month = În acest fișier ziua și luna nu se pot deosebi; s-a presupus luna înaintea zilei, fiindcă ora are AM sau PM. Verificați data.
notice-start-universal = Ora de început este timp universal (UTC), nu ora ceasului de pe perete: fișierul nu spune fusul orar.
notice-start-converted = Fișierul spune ora de început ca timp universal (UTC); ora afișată a fost calculată după fusul orar indicat.
notice-spo2-like-pulse = Ceea ce fișierul numește SpO2 se mișcă precum un puls. S-a citit așa cum spune fișierul; verificați exportul.
notice-record-size-doubtful = Lungimea fișierului se potrivește cu măsurătorile altui aparat. Cifrele pot fi greșite; nu vă bazați pe ele fără verificare.
notice-start-doubtful = Două câmpuri ale fișierului spun zile diferite; s-a presupus ziua din câmpul obișnuit. Verificați data.
notice-interval-too-coarse = SpO2 vine mai rar decât la 10 s: scăderile dintre măsurători nu se văd, așa că nu există indice.
notice-rounded-readings = { $rows ->
    [one] O măsurătoare SpO2 are zecimale și a fost rotunjită.
    [few] { $rows } măsurători SpO2 au zecimale și au fost rotunjite.
   *[other] { $rows } de măsurători SpO2 au zecimale și au fost rotunjite.
} Rotunjirea face trepte din schimbările lente, așa că se pot număra mai multe desaturări.
notice-clock-doubtful = Ceasul aparatului a stat sau a mers înapoi de multe ori; orele acelor rânduri sunt presupuse, iar indicii pe oră, nesiguri.
notice-spo2-label = SpO2 a fost citit din „{ $label }”.
notice-pulse-label = Pulsul a fost citit din „{ $label }”.
notice-start-from-name = Fișierul nu păstrează ora de început; s-a presupus cea din numele lui.
notice-start-from-name-utc = Ora de început vine din numele fișierului și este ora universală (UTC), nu ora de pe ceas.
notice-start-unknown = Nici fișierul, nici numele lui nu spun când a început noaptea: data și ora afișate sunt presupuse, nu cele adevărate.
notice-not-finalised = Aparatul nu a încheiat fișierul; măsurătorile sunt întregi.
notice-checksum-mismatch = Suma de control din fișier nu se potrivește cu conținutul lui: fișierul poate fi stricat.
notice-interval-assumed = Fișierul nu spune la câte secunde măsoară; s-a presupus intervalul obișnuit al aparatului.
notice-date-order-unsure = În acest fișier ziua și luna nu se pot deosebi; s-a presupus ziua înaintea lunii. Verificați data.

# Date
month-1 = ianuarie
month-2 = februarie
month-3 = martie
month-4 = aprilie
month-5 = mai
month-6 = iunie
month-7 = iulie
month-8 = august
month-9 = septembrie
month-10 = octombrie
month-11 = noiembrie
month-12 = decembrie
weekday-1 = luni
weekday-2 = marți
weekday-3 = miercuri
weekday-4 = joi
weekday-5 = vineri
weekday-6 = sâmbătă
weekday-7 = duminică
date-long = { $weekday }, { $day } { $month } { $year }
date-time-long = { $date }, ora { $time }

# Cifrele, fiecare cu definiția ei
numbers-desaturations = Desaturări
numbers-desaturations-note = Profilul aasm: scădere de cel puțin 3 % (sau 4 %) față de cel mai înalt nivel din ultimele 120 s, cel puțin 10 s, urmată de resaturare în cel mult 180 s. Nu există un standard oficial pentru o poligrafie numai cu oximetru; regula este a platformei și este numită aici.
metric-aasm-odi3-per-h = ODI3 (pe oră)
metric-aasm-odi3-per-h-definition = Desaturări numărate de cel puțin 3 %, pe oră de semnal SpO2 valid.
metric-aasm-odi3-per-h-of-recording = ODI3 (pe oră de înregistrare)
metric-aasm-odi3-per-h-of-recording-definition = Aceleași desaturări, pe oră din toată durata înregistrării, cu semnal valid sau fără; la pauze lungi este mai mic decât ODI3.
metric-aasm-odi3-count = Desaturări de cel puțin 3 %
metric-aasm-odi3-count-definition = Numai cele cu resaturare; ele intră în ODI3.
metric-aasm-odi3-sustained = Scăderi de 3 % prea lungi
metric-aasm-odi3-sustained-definition = Fără resaturare în 180 s; nu intră în ODI3.
metric-aasm-odi3-truncated = Scăderi de 3 % întrerupte
metric-aasm-odi3-truncated-definition = Tăiate de o pauză mai lungă de 10 s sau de sfârșit; nu intră în ODI3.
metric-aasm-odi3-below-range-events-counted = Scăderi de 3 % sub limită
metric-aasm-odi3-below-range-events-counted-definition = Numărate în ODI3, cu măsurători sub limita inelului: adâncimea și aria sunt limite inferioare.
metric-aasm-odi4-below-range-events-counted = Scăderi de 4 % sub limită
metric-aasm-odi4-below-range-events-counted-definition = Numărate în ODI4, cu măsurători sub limita inelului: adâncimea și aria sunt limite inferioare.
metric-aasm-odi4-per-h = ODI4 (pe oră)
metric-aasm-odi4-per-h-definition = Desaturări numărate de cel puțin 4 %, căutate separat, pe oră de semnal SpO2 valid.
metric-aasm-odi4-per-h-of-recording = ODI4 (pe oră de înregistrare)
metric-aasm-odi4-per-h-of-recording-definition = Aceleași desaturări, pe oră din toată durata înregistrării, cu semnal valid sau fără; la pauze lungi este mai mic decât ODI4.
metric-aasm-odi4-count = Desaturări de cel puțin 4 %
metric-aasm-odi4-count-definition = Numai cele cu resaturare; ele intră în ODI4.
metric-aasm-odi4-sustained = Scăderi de 4 % prea lungi
metric-aasm-odi4-sustained-definition = Fără resaturare în 180 s; nu intră în ODI4.
metric-aasm-odi4-truncated = Scăderi de 4 % întrerupte
metric-aasm-odi4-truncated-definition = Tăiate de o pauză mai lungă de 10 s sau de sfârșit; nu intră în ODI4.

numbers-saturation = Saturație
numbers-saturation-note = Din măsurătorile SpO2 acceptate: între 50 și 100 %, cu schimbare de cel mult 4 % pe secundă. Procentele sunt din timpul valid.
metric-spo2-below-90-pct = T90
metric-spo2-below-90-pct-definition = Timp cu SpO2 sub 90 %, din timpul valid.
metric-spo2-below-90-pct-with-below-range = T90 cu măsurătorile sub limită
metric-spo2-below-90-pct-with-below-range-definition = La fel, cu măsurătorile sub limita inelului socotite sub 90 %, din toate acestea.
metric-spo2-below-90-s = Timp sub 90 %
metric-spo2-below-90-s-definition = Măsurători sub 90 % înmulțite cu intervalul de măsurare.
metric-spo2-below-88-pct = T88
metric-spo2-below-88-pct-definition = Timp cu SpO2 sub 88 %, din timpul valid.
metric-spo2-below-88-pct-with-below-range = T88 cu măsurătorile sub limită
metric-spo2-below-88-pct-with-below-range-definition = La fel, cu măsurătorile sub limita inelului socotite sub 88 %, din toate acestea.
metric-spo2-below-88-s = Timp sub 88 %
metric-spo2-below-88-s-definition = Măsurători sub 88 % înmulțite cu intervalul de măsurare.
metric-spo2-longest-below-90-s = Cea mai lungă perioadă sub 90 %
metric-spo2-longest-below-90-s-definition = Fără întrerupere; o lipsă de cel mult 10 s în interior nu o întrerupe.
metric-spo2-min-pct = SpO2 minim
metric-spo2-min-pct-definition = Cea mai mică măsurătoare acceptată; „<=” când există măsurători sub limita inelului.
metric-spo2-mean-pct = SpO2 mediu
metric-spo2-mean-pct-definition = Media măsurătorilor acceptate.
metric-spo2-median-pct = SpO2 median
metric-spo2-median-pct-definition = Jumătate dintre măsurătorile acceptate sunt sub această valoare.
metric-spo2-max-pct = SpO2 maxim
metric-spo2-max-pct-definition = Cea mai mare măsurătoare acceptată.

numbers-burden = Povara desaturărilor
numbers-burden-note = Aria desaturărilor numărate ale profilului aasm, sub nivelul de la care începe fiecare. Nu este povara hipoxică din polisomnografie, care pornește de la apnei.
metric-burden3-hypoxic-burden-pctmin-h = Povara desaturărilor de 3 % (% · min/oră)
metric-burden3-hypoxic-burden-pctmin-h-definition = Aria desaturărilor numărate de cel puțin 3 %, în procente ori minute, pe oră de semnal valid.
metric-burden3-desaturation-severity-pct = Severitatea desaturărilor de 3 % (%)
metric-burden3-desaturation-severity-pct-definition = Aceeași arie, împărțită la timpul valid (Kulkas 2013).
metric-burden4-hypoxic-burden-pctmin-h = Povara desaturărilor de 4 % (% · min/oră)
metric-burden4-hypoxic-burden-pctmin-h-definition = Aria desaturărilor numărate de cel puțin 4 %, în procente ori minute, pe oră de semnal valid.
metric-burden4-desaturation-severity-pct = Severitatea desaturărilor de 4 % (%)
metric-burden4-desaturation-severity-pct-definition = Aceeași arie, împărțită la timpul valid (Kulkas 2013).
metric-spo2-area-below-90-pctmin-h = Aria sub 90 % (% · min/oră)
metric-spo2-area-below-90-pctmin-h-definition = Suma distanțelor până la 90 % ale măsurătorilor de sub 90 %, pe oră de semnal valid.

numbers-pulse = Puls
numbers-pulse-note = Din măsurătorile de puls între 25 și 250 de bătăi pe minut.
metric-pulse-mean-bpm = Puls mediu (bătăi/min)
metric-pulse-mean-bpm-definition = Media măsurătorilor acceptate.
metric-pulse-min-bpm = Puls minim (bătăi/min)
metric-pulse-min-bpm-definition = Cea mai mică măsurătoare acceptată.
metric-pulse-max-bpm = Puls maxim (bătăi/min)
metric-pulse-max-bpm-definition = Cea mai mare măsurătoare acceptată.

numbers-quality = Calitatea semnalului
numbers-quality-note = Toate măsurătorile din fișier, împărțite fără rest: analizate, fără SpO2, în afara intervalului, cu salt prea rapid.
metric-recording-recording-s = Durata înregistrării
metric-recording-recording-s-definition = De la prima măsurătoare până la sfârșitul ultimei.
metric-quality-valid-s = Semnal valid
metric-quality-valid-s-definition = Măsurători analizate înmulțite cu intervalul; numitorul pentru ODI și T90.
metric-quality-valid-pct = Semnal valid, procent
metric-quality-valid-pct-definition = Din durata înregistrării.
metric-quality-longest-gap-s = Cea mai lungă pauză
metric-quality-longest-gap-s-definition = Timp fără SpO2 acceptat, la început și la sfârșit inclusiv; 0 când nicio pauză nu trece de 10 s.
metric-recording-interval-s = Interval de măsurare (s)
metric-recording-interval-s-definition = Cel mai frecvent pas dintre două măsurători.
metric-recording-records = Măsurători
metric-recording-records-definition = Toate, și cele fără citire.
metric-quality-analysed = Analizate
metric-quality-analysed-definition = Măsurători cu SpO2 acceptat.
metric-quality-missing-spo2 = Fără SpO2
metric-quality-missing-spo2-definition = Aparatul nu a dat o valoare.
metric-quality-missing-spo2-with-pulse = Fără SpO2, cu puls
metric-quality-missing-spo2-with-pulse-definition = Dintre cele de mai sus.
metric-quality-below-range-readings = Sub limita inelului
metric-quality-below-range-readings-definition = Dintre cele de mai sus, la fundul unei scăderi adânci: saturație sub aproximativ 61 %, nu senzor căzut. Doar la inelele acestui producător.
metric-quality-spo2-out-of-range = În afara intervalului
metric-quality-spo2-out-of-range-definition = SpO2 sub 50 %.
metric-quality-spo2-slope = Salt prea rapid
metric-quality-spo2-slope-definition = SpO2 schimbat cu mai mult de 4 % pe secundă.

numbers-vendor = Ca în raportul producătorului
numbers-vendor-note = Profilul viatom: aceleași reguli ca raportul ViHealth / O2 Insight, fără filtru. Diferă de profilul aasm prin definiție, nu prin eroare.
metric-viatom-drops4 = Scăderi >4 %
metric-viatom-drops4-definition = Căderi cu mai mult de 4 % sub nivelul de bază al nopții, de orice durată.
metric-viatom-drops4-per-h = Scăderi >4 % pe oră
metric-viatom-drops4-per-h-definition = Pe oră din durata socotită de aparat.
metric-viatom-drops3 = Scăderi >3 %
metric-viatom-drops3-definition = Căderi cu mai mult de 3 % sub nivelul de bază al nopții, de orice durată.
metric-viatom-drops3-per-h = Scăderi >3 % pe oră
metric-viatom-drops3-per-h-definition = Pe oră din durata socotită de aparat.
metric-viatom-baseline-pct = Nivel de bază
metric-viatom-baseline-pct-definition = Cea mai frecventă valoare dintre cele cel puțin egale cu media.
metric-viatom-dips-below-90 = Coborâri sub 90 %
metric-viatom-dips-below-90-definition = O nouă coborâre se numără după o revenire peste 90 %.
metric-viatom-duration-s = Durata socotită de aparat
metric-viatom-duration-s-definition = Din antetul fișierului, altfel (măsurători + 1) × interval; numitorul acestui profil.
vendor-bands-spo2 = Nivelul SpO2 (%)
vendor-bands-pulse = Pulsul (bătăi/min)
vendor-bands-time = Timp
vendor-bands-share = % din total
vendor-bands-note = Procentul este din măsurătorile cu citire; timpul este acel procent din durata socotită de aparat, rotunjit în jos la secundă.

# Jumătățile și orele nopții
parts-title = Jumătățile și orele nopții
parts-note = Profilul aasm. O desaturare ține de ora și de jumătatea în care începe; orele se numără de la prima măsurătoare, jumătățile împart durata în două. Indicii sunt pe oră de semnal valid din acea parte.
parts-which = Partea
parts-valid = Semnal valid
parts-odi3-count = Desaturări 3 %
parts-odi4-count = Desaturări 4 %
part-first-half = Prima jumătate
part-second-half = A doua jumătate

# Aceeași noapte după alte definiții
definitions-title = Aceeași noapte după toate definițiile
definitions-note = Cât din fiecare indice ține de felul în care se numără. Cifre din definiții diferite nu se compară între ele.
definitions-profile = Definiția
definitions-threshold = Scădere
definitions-per-h = Pe oră
definitions-count = Număr
definitions-of = Împărțit la
profile-aasm = aasm (implicit)
profile-aasm-definition = Scădere față de cel mai înalt nivel din ultimele 120 s, cel puțin 10 s, urmată de resaturare în cel mult 180 s.
profile-aasm-nested = aasm, din cele de 3 %
profile-aasm-nested-definition = Desaturările profilului aasm de 3 % care ajung la cel puțin 4 %.
profile-viatom = viatom (raportul producătorului)
profile-viatom-definition = Treceri sub un nivel de bază fix al nopții, de orice durată, pe oră din durata numărată de aparat; fără filtru.
profile-pobm = pobm (Levy 2021)
profile-pobm-definition = Detectorul publicat în pobm: cădere fără nicio întrerupere, cu revenire în cel mult 90 s, pe oră din toată înregistrarea; fără alt filtru decât 50–100 %.
profile-mean120 = mean120 (Chung 2012)
profile-mean120-definition = Măsurători sub media ultimelor 120 s cu cel puțin pragul, cel puțin 10 s; media rămâne cea de la început.
profile-mean120-analyzer = mean120, ca în o2ring-analyzer
profile-mean120-analyzer-definition = Ca mean120, dar trece peste orice pauză și lasă deoparte evenimentele mai lungi de 120 s.
profile-choice = Definiția indicilor
profile-depth = Scăderi arătate
profile-depth-from = cel puțin { $value } %
profile-odi = ODI{ $value } (pe oră)
profile-count = Evenimente: { $count } · { $duration } { $denominator }
profile-too-coarse = fără indice: măsurători la mai mult de 10 s una de alta
profile-too-short = prea scurt pentru un indice: sub 10 minute de semnal valid
profile-shading-note = În grafic și în tabel rămân scăderile profilului aasm.
denominator-valid-spo2 = de SpO2 valid
denominator-recording = de înregistrare
denominator-device = numărate de aparat
