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
recordings-link = Link pacient
recordings-no-device = fără număr
recordings-page = Pagina { $page } din { $pages }
recordings-newer = Mai noi
recordings-older = Mai vechi
recordings-pages-label = Paginile listei
recordings-link-none = fără
recordings-link-active = activ
recordings-link-closed = închis
recordings-list-note = ODI3 și ODI4: profilul aasm, pe oră de semnal valid. T90: timp cu SpO2 sub 90 %, din timpul valid.
no-reading = fără citire
too-short-for-index = semnal prea scurt

upload-title = Încărcare
upload-label = Fișiere de pulsoximetru (CSV sau binar)
upload-hint = Puteți alege mai multe fișiere deodată: cel mult { $files }, cel mult { $megabytes } MB fiecare. Fișierul original se păstrează neschimbat.
upload-button = Încarcă
upload-result-title = Rezultatul încărcării
upload-new = { $name }: înregistrarea a fost păstrată.
upload-known = { $name }: fișierul exista deja; nu s-a păstrat a doua oară.
upload-drop-hint = Trageți fișierele aici sau alegeți-le
upload-sending = Se trimite { $name }: { $percent } %
upload-stored = { $name }: păstrat
upload-refused = { $name }: refuzat
upload-open = Deschide înregistrarea
upload-network = Conexiunea s-a întrerupt; restul nu s-a trimis. Încercați din nou.
upload-session = Sesiunea s-a încheiat. Autentificați-vă din nou.
upload-too-large = Fișierul este mai mare decât cei { $megabytes } MB acceptați de platformă.
upload-finished = Gata: păstrate { $stored }, refuzate { $refused }.
upload-no-file = Nu ați ales niciun fișier.
upload-too-many = Prea multe fișiere deodată: se acceptă cel mult { $files } la o încărcare. Acesta nu s-a păstrat; încărcați-l separat.
upload-storage = Depozitul de fișiere nu răspunde. Fișierul nu s-a păstrat; încercați din nou peste câteva minute.
upload-unnamed = fișier fără nume

error-upload-interrupted = Încărcarea s-a întrerupt înainte de sfârșitul fișierului. Fișierul neterminat nu s-a păstrat.
error-upload-total = Încărcarea depășește în total { $megabytes } MB. Încărcați mai puține fișiere deodată.

# De ce nu s-a putut citi un fișier
parse-error-empty-file = Fișierul este gol.
parse-error-unknown-format = Fișierul nu este o înregistrare de pulsoximetru cunoscută (CSV sau binar Checkme/Viatom/Wellue).
parse-error-no-samples = Fișierul are numai antetul, fără nicio măsurătoare.
parse-error-truncated = Fișierul se termină înainte de sfârșitul antetului: este tăiat.
parse-error-bad-field = Un câmp din antet are o valoare imposibilă.
parse-error-bad-row = Un rând nu poate fi citit.
parse-error-contradictory-dates = Datele din fișier nu se potrivesc nici cu ziua înaintea lunii, nici cu luna înaintea zilei.
parse-error-too-large = Fișierul este mai mare decât poate fi o înregistrare.
parse-error-cut = Fișierul este tăiat: la sfârșit rămân { $bytes ->
    [one] un octet care nu formează
    [few] { $bytes } octeți care nu formează
   *[other] { $bytes } de octeți care nu formează
} o măsurătoare întreagă. Copiați din nou fișierul de pe aparat.
parse-error-unknown = Fișierul nu poate fi citit.
parse-error-place-line = rândul { $line }
parse-error-place-line-column = rândul { $line }, coloana { $column }
parse-error-place-offset = octetul { $offset }

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
recording-below-range = { $n ->
    [one] O măsurătoare are puls, dar nu are SpO2
    [few] { $n } măsurători au puls, dar nu au SpO2
   *[other] { $n } de măsurători au puls, dar nu au SpO2
}: la aceste aparate înseamnă de obicei o saturație sub limita citirii. Minimul și T90 pot fi, în realitate, mai rele decât cele afișate.
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
desaturations-note = Scăderi de cel puțin 3 %, profilul aasm, în ordinea orei. Intră în indice numai cele numărate.
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
recording-delete-last = Este singura înregistrare a pacientului ei: se șterg și pacientul, și linkurile lui.
recording-delete-confirm = Da, șterge definitiv
recording-delete-cancel = Nu, păstrează
recording-deleted = Înregistrarea a fost ștearsă.
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
notice-interval-assumed = Fișierul nu spune la câte secunde măsoară; s-a folosit intervalul obișnuit al aparatului.
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
