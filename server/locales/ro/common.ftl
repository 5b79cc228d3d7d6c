platform-title = Platformă Pulsoximetrie
skip-to-content = Sari la conținut
nav-label = Navigare principală
nav-admin = Admin
nav-patient = Pacient
nav-viewer = Vizualizare
nav-recordings = Înregistrări
nav-users = Utilizatori
nav-account = Contul meu
sign-in = Autentificare
sign-out = Deconectare
footer-notice = Rezultatele sunt destinate interpretării de către un medic.

home-title = Bine ați venit!
home-lead = Nopțile de pulsoximetrie, măsurate, desenate și păstrate în siguranță.
home-admin-text = Medicii încarcă înregistrări, văd cifrele și graficul nopții și creează linkuri pentru pacienți.
home-admin-open = Deschideți înregistrările
home-admin-sign-in = Autentificare medici
home-patient-text = Pacienții deschid linkul primit de la medic. Nu este necesară autentificarea.
home-patient-open = Am primit un link
home-viewer-text = Analizați un fișier direct în browser. Fișierul nu părăsește calculatorul dumneavoastră.
home-viewer-open = Deschideți un fișier

failure-title = Cererea nu a putut fi îndeplinită
failure-reference = Dacă ne scrieți, menționați referința { $id }.
failure-home = Înapoi la prima pagină

minutes = { $n ->
    [one] { $n } minut
    [few] { $n } minute
   *[other] { $n } de minute
}
