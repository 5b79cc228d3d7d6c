# Ștergerea unui pacient
erase-open = Exportă sau șterge…
erase-open-hint = Pentru o cerere a pacientului: o copie a tuturor datelor lui sau ștergerea lor definitivă.
erase-question = Ștergeți pacientul { $code }?
erase-what = { $n ->
    [0] Se șterg definitiv codul și notița pacientului, toate linkurile lui și pacienții uniți cu el. Nu are nicio noapte.
    [one] Se șterg definitiv o noapte cu fișierul original, cifrele și imaginile ei, toate linkurile pacientului, notița lui și pacienții uniți cu el.
    [few] Se șterg definitiv { $n } nopți cu fișierele originale, cifrele și imaginile lor, toate linkurile pacientului, notița lui și pacienții uniți cu el.
   *[other] Se șterg definitiv { $n } de nopți cu fișierele originale, cifrele și imaginile lor, toate linkurile pacientului, notița lui și pacienții uniți cu el.
}
erase-for-good = Nu se mai poate recupera nimic: nici de dumneavoastră, nici de cine administrează platforma. Dacă legea vă cere să păstrați documentele medicale, exportați-le mai întâi.
erase-certificate = La sfârșit primiți un certificat: ce s-a șters, cât, când și la cererea cui. Certificatul nu spune al cui a fost.
erase-type-code = Scrieți codul { $code } ca să confirmați
erase-confirm = Șterge definitiv
erase-cancel = Nu, păstrează
error-erase-code-differs = Codul scris nu este al acestui pacient. Nu s-a șters nimic.

# Certificatul
erasure-title = Certificat de ștergere
erasure-file-name = certificat-de-stergere
erasure-done = Datele au fost șterse.
erasure-under-way = Datele nu se mai văd; fișierele se șterg chiar acum din depozit. Pagina se reîncarcă singură.
erasure-number = Numărul certificatului
erasure-reason = Motivul
erasure-reason-request = Cerere de ștergere
erasure-by = La cererea
erasure-by-platform = Platforma, fără o persoană anume
erasure-asked-at = Cerută la
erasure-done-at = Încheiată la
erasure-not-done = încă nu
erasure-patients = Pacienți (cu cei uniți)
erasure-recordings = Nopți
erasure-files = Fișiere originale
erasure-megabytes = { $n } MB
erasure-analyses = Analize
erasure-links = Linkuri, cu vizitele lor
erasure-mails = E-mailuri
erasure-digest = Amprentă (SHA-256 a semnelor)
erasure-backups = { $n ->
    [0] Platforma nu păstrează copii de siguranță.
    [one] Copiile de siguranță făcute înainte pot conține datele cel mult o zi după ștergere.
    [few] Copiile de siguranță făcute înainte pot conține datele cel mult { $n } zile după ștergere.
   *[other] Copiile de siguranță făcute înainte pot conține datele cel mult { $n } de zile după ștergere.
}
erasure-backups-until = { $n ->
    [0] Platforma nu păstrează copii de siguranță.
    [one] Copiile de siguranță făcute înainte pot conține datele cel mult o zi, până la { $end }.
    [few] Copiile de siguranță făcute înainte pot conține datele cel mult { $n } zile, până la { $end }.
   *[other] Copiile de siguranță făcute înainte pot conține datele cel mult { $n } de zile, până la { $end }.
}
erasure-backups-unknown = Cine administrează platforma nu a declarat cât timp se păstrează copiile de siguranță; până când expiră, ele pot conține datele.
erasure-keep-number = Notați numărul certificatului în dosarul pacientului: platforma nu mai știe al cui a fost.
erasure-marks-about = Semnele de mai jos sunt amprente cu cheie ale identificatorilor șterși. Din ele nu se află nimic despre pacient; după ele datele pot fi recunoscute dacă revin dintr-o copie de siguranță. Amprenta de mai sus este SHA-256 a acestor rânduri.
erasure-download = Descarcă certificatul

# Pagina despre date
privacy-title = Confidențialitate
privacy-link = Confidențialitate
privacy-clinic = Operatorul datelor este clinica { $name }.
privacy-clinic-phone = Operatorul datelor este clinica { $name }, telefon { $phone }.
privacy-clinic-unknown = Operatorul datelor este clinica de la care aveți linkul sau contul.
privacy-operator = Platforma este administrată de { $name }.
privacy-contact = Pentru întrebări despre date: { $contact }.
privacy-operator-unknown = Cine administrează platforma nu și-a scris încă numele aici; întrebați clinica.
privacy-retention-never = Nopțile se păstrează până când medicul sau clinica le șterge; nu se șterg singure.

# Exportul
patient-data-title = Datele pacientului
archive-title = Exportul datelor
archive-what = Arhiva ZIP conține fișierele originale, cifrele și evenimentele fiecărei nopți, codul, notița și linkurile pacientului (fără secretele lor).
archive-own-what = Arhiva ZIP conține datele contului și tot ce este al dumneavoastră în clinica { $clinic }: pacienți cu linkurile lor (fără secrete), fișiere originale, cifre și evenimente.
archive-care = Arhiva conține date privind sănătatea: păstrați-o și trimiteți-o cu grijă.
archive-download = Descarcă arhiva
archive-open = Exportă datele mele…
