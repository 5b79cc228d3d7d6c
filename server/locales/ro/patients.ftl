# Pagina publică Pacient
patient-entry-title = Pacient
patient-entry-lead = Medicul v-a dat un link către rezultatele dumneavoastră. Deschideți-l așa cum l-ați primit: nu aveți nevoie de cont sau de parolă.
patient-entry-how = Dacă linkul nu se deschide singur, lipiți-l aici întreg, cu tot cu semnul # și literele de după el.
patient-entry-label = Linkul primit de la medic
patient-entry-button = Deschide
patient-entry-privacy = Pagina nu conține numele dumneavoastră. Oricine are linkul poate vedea rezultatele: nu îl trimiteți mai departe. Medicul îl poate închide oricând.
patient-opening = Se deschide…
patient-closed-title = Rezultatele dumneavoastră
patient-closed-lead = Deschideți linkul așa cum l-ați primit de la medic. Dacă pagina nu se deschide singură, lipiți aici codul: literele și cifrele de după semnul # din link.
patient-code-label = Codul din link
error-link-unavailable = Acest link nu mai este valabil sau nu este întreg. Verificați dacă l-ați copiat până la capăt sau cereți medicului un link nou.
patient-recordings-title = Rezultatele dumneavoastră
patient-recordings-lead = Fiecare noapte înregistrată are pagina ei, cu grafic și cifre.
patient-recordings-empty = Medicul nu a pus încă nicio înregistrare aici.
patient-back = Înapoi la toate nopțile
patient-until = Linkul funcționează până la
patient-until-closed = Linkul funcționează până când îl închide medicul.
patient-leave = Închide pagina pe acest calculator
patient-leave-hint = De folosit când și alții au acces la acest calculator. Linkul primit de la medic rămâne valabil.
patient-questions = Cifrele sunt pentru medic; pentru întrebări și pentru interpretare, adresați-vă medicului dumneavoastră.

# Linkuri, pe pagina medicului
links-title = Pacient și linkuri
links-none = Înregistrarea nu este încă a unui pacient. Un link nou face un pacient fără nume pentru ea.
links-patient = Pacient: { $label }
links-patient-choice = { $label } (din { $date })
links-table = Linkuri
links-created = Făcut
links-expires = Expiră
links-never = nu expiră
links-views = Deschideri
links-last-view = Ultima deschidere
links-not-viewed = nedeschis
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
link-created-title = Linkul pacientului
link-created-once = Copiați linkul acum: din motive de siguranță nu mai poate fi arătat a doua oară. Dacă îl pierdeți, faceți altul și închideți-l pe acesta.
link-created-label = Link de trimis pacientului
link-created-private = Oricine are linkul vede toate înregistrările acestui pacient, fără cont.
link-made-before-title = Linkul a fost deja creat
link-created-back = Înapoi la înregistrare

# Pacienți
patients-note = Notă (opțional)
patients-note-hint = Cel mult 60 de caractere, de exemplu numărul fișei. Nu scrieți numele, CNP-ul sau alte date personale.
recordings-of-colleague = a unui coleg
recording-of-colleague-title = Pacient
recording-of-colleague = Înregistrarea este a unui coleg. O puteți vedea fiindcă așa a hotărât clinica; numai medicul pacientului o poate schimba.
error-code-taken = Un pacient al clinicii are deja acest cod.
